from modeltranslation.translator import TranslationOptions, register

from publications.models import Publication, Series


@register(Publication)
class PublicationOptions(TranslationOptions):
    fields = ("title", "abstract")


@register(Series)
class SeriesOptions(TranslationOptions):
    fields = ("title",)
