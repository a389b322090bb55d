from modeltranslation.translator import TranslationOptions, register

from webinars.models import Series, Webinar


@register(Series)
class SeriesOptions(TranslationOptions):
    fields = ("title", "description")


@register(Webinar)
class WebinarOptions(TranslationOptions):
    fields = ("title", "summary", "about")
