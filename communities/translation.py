from modeltranslation.translator import TranslationOptions, register

from communities.models import Community


@register(Community)
class CommunityOptions(TranslationOptions):
    fields = ("name", "purpose", "about", "audience", "question")
