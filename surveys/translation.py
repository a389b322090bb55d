from modeltranslation.translator import TranslationOptions, register

from surveys import models


@register(models.Survey)
class SurveyOptions(TranslationOptions):
    fields = ("title", "text")


@register(models.Question)
class QuestionOptions(TranslationOptions):
    fields = ("text",)


@register(models.Option)
class OptionOptions(TranslationOptions):
    fields = ("label",)
