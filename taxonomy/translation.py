from modeltranslation.translator import TranslationOptions, register

from taxonomy import models


@register(models.Topic)
class TopicOptions(TranslationOptions):
    fields = ("label", "definition")


@register([models.Region, models.Country])
class PlaceOptions(TranslationOptions):
    fields = ("name",)


@register(models.Goal)
class GoalOptions(TranslationOptions):
    fields = ("short", "text")


@register([models.PublicationType, models.Licence])
class LabelOptions(TranslationOptions):
    fields = ("label",)
