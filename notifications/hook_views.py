"""Where a mail provider tells what became of letters. Closed unless a provider and the secret it signs with are set."""

from __future__ import annotations

import logging
from importlib import import_module

from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

logger = logging.getLogger(__name__)


@csrf_exempt  # a provider has no cookie; what it says is signed
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    if not settings.MAIL_SECRET or settings.MAIL_PROVIDER not in HOOKS:
        raise Http404
    view = _view(settings.MAIL_PROVIDER)
    try:
        view().run_validators(request)
    except Exception as error:  # unsigned, or so unlike a provider's words that the signature was not found
        logger.warning("News of letters refused: %r", error)
        return HttpResponseForbidden("Not signed.\n", content_type="text/plain")
    return view.as_view()(request)


HOOKS = {
    "brevo": "BrevoTrackingWebhookView",
    "mailgun": "MailgunTrackingWebhookView",
    "postmark": "PostmarkTrackingWebhookView",
    "sendgrid": "SendGridTrackingWebhookView",
}


def _view(provider: str) -> type[AnymailBaseWebhookView]:
    return getattr(import_module(f"anymail.webhooks.{provider}"), HOOKS[provider])
