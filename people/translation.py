from modeltranslation.translator import TranslationOptions, register

from people.models import Profile


@register(Profile)
class ProfileOptions(TranslationOptions):
    fields = ("biography",)
