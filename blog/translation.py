from modeltranslation.translator import TranslationOptions, register

from blog.models import BlogImage, BlogPost, BlogSeries


@register(BlogPost)
class BlogPostOptions(TranslationOptions):
    fields = ("title", "summary", "body")


@register(BlogSeries)
class BlogSeriesOptions(TranslationOptions):
    fields = ("title", "description")


@register(BlogImage)
class BlogImageOptions(TranslationOptions):
    fields = ("alt", "caption")
