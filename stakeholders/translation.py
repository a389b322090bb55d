from modeltranslation.translator import TranslationOptions, register

from stakeholders.models import Organisation


@register(Organisation)
class OrganisationOptions(TranslationOptions):
    fields = ("name", "acronym", "description")
