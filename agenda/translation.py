from modeltranslation.translator import TranslationOptions, register

from agenda.models import Event, Session


@register(Event)
class EventOptions(TranslationOptions):
    fields = ("title", "summary", "body")


@register(Session)
class SessionOptions(TranslationOptions):
    fields = ("title",)
