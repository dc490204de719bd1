"""The addresses as they are over https: with the passkeys'."""

from config import urls
from preau.people.urls import passkey_urls

urlpatterns = [*urls.urlpatterns, *passkey_urls]
handler404 = urls.handler404
handler403 = urls.handler403
