"""The door, one's own account, and the operator's pages. Names in `account_…` and `mfa_…` are allauth's."""

from django.conf import settings
from django.urls import path

from preau.people.views import (
    account,
    cards,
    door,
    email,
    first_time,
    help,
    languages,
    lost,
    new_device,
    operator,
    passkeys,
)

urlpatterns = [
    path("entrer/", door.sign_in, name="account_login"),
    path("entrer/code/", door.second_factor, name="mfa_authenticate"),
    path("entrer/appareil/", new_device.new_device, name="new_device"),
    path("entrer/appareil/courriel/", new_device.device_mail, name="device_mail"),
    path("entrer/appareil/fiche/", new_device.device_sheet, name="device_sheet"),
    path("entrer/confirmer/", door.confirm_password, name="account_reauthenticate"),
    path("entrer/confirmer/code/", door.confirm_factor, name="mfa_reauthenticate"),
    path("entrer/compte-ferme/", door.closed, name="account_inactive"),
    path("carte/", cards.card, name="card"),
    path("sortir/", door.sign_out, name="account_logout"),
    path("mot-de-passe-perdu/", lost.lost_password, name="lost_password"),
    path("mot-de-passe-perdu/code/", lost.lost_password_code, name="lost_password_code"),
    path("mot-de-passe-perdu/fiche/", lost.lost_password_sheet, name="lost_password_sheet"),
    path("mot-de-passe-perdu/choix/", lost.lost_password_choice, name="lost_password_choice"),
    path("aide/", help.help_ask, name="help_ask"),
    path("aide/envoyee/", help.help_sent, name="help_sent"),
    path("demandes-aide/", help.help_asks, name="help_asks"),
    path("demandes-aide/<uuid:help_id>/reponse/", help.help_answer, name="help_answer"),
    path("demandes-aide/<uuid:help_id>/suite/", help.help_pass_on, name="help_pass_on"),
    path("premiere-fois/", first_time.first_time, name="first_time"),
    path("premiere-fois/mot-de-passe/", first_time.first_time_password, name="first_time_password"),
    path("mon-compte/", account.account_home, name="account_home"),
    path("mon-compte/mot-de-passe/", door.change_password, name="account_change_password"),
    path("mon-compte/langue/", languages.language_choose, name="language_choose"),
    path("mon-compte/courriel/", email.account_email, name="account_email"),
    path("mon-compte/courriel/code/", email.account_email_code, name="account_email_code"),
    path("mon-compte/courriel/effacement/", email.account_email_removal, name="account_email_removal"),
    path("mon-compte/courriel/<str:email_token>/", email.account_email_confirm, name="account_email_confirm"),
    path("mon-compte/second-facteur/", door.set_up_factor, name="mfa_activate_totp"),
    path("mon-compte/second-facteur/retirer/", door.remove_factor, name="mfa_deactivate_totp"),
    path("mon-compte/codes-de-secours/", door.recovery_codes, name="mfa_view_recovery_codes"),
    path("mon-compte/codes-de-secours/nouveaux/", door.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("mon-compte/appareils/codes/", new_device.spare_codes, name="spare_codes"),
    path("mon-compte/appareils/codes/nouveaux/", new_device.new_spare_codes, name="new_spare_codes"),
    path("mon-compte/appareils/nouveau/", account.device_code, name="device_code"),
    path("mon-compte/appareils/fin/", account.end_others, name="end_other_sessions"),
    path("mon-compte/appareils/<uuid:sign_in_id>/fin/", account.end_one, name="end_session"),
    # allauth ends some of its pages on its own index; ours is the account's page.
    path("mon-compte/securite/", account.to_account_home, name="mfa_index"),
    path("base/", operator.base_home, name="base"),
    path("base/departement/", operator.department_new, name="base_department"),
    path("base/ville/", operator.city_new, name="base_city"),
    path("base/circonscription/", operator.district_new, name="base_district"),
    path("base/ecole/", operator.school_new, name="base_school"),
    path("base/ecole/<uuid:school_id>/circonscription/", operator.school_district, name="base_school_district"),
    path("base/nommer/<slug:kind>/<uuid:place_id>/", operator.name_someone, name="base_name"),
    path("base/operateurs/", operator.name_operator, name="base_name_operator"),
    path("base/fiche/<uuid:mandate_id>/", operator.new_sheet, name="base_sheet"),
    path("base/fonction/<uuid:named_id>/fin/", operator.function_end, name="base_function_end"),
    path(
        "base/fonction/<uuid:named_id>/fin/annulation/",
        operator.function_end_taken_back,
        name="base_function_end_taken_back",
    ),
    path("base/second-facteur/<uuid:mandate_id>/", operator.lost_telephone, name="base_lost_telephone"),
]
passkey_urls = [
    path("mon-compte/cles/", passkeys.keys, name="mfa_list_webauthn"),
    path("mon-compte/cles/nouvelle/", passkeys.add_key, name="mfa_add_webauthn"),
    path("mon-compte/cles/<int:pk>/retirer/", passkeys.remove_key, name="mfa_remove_webauthn"),
    path("entrer/confirmer/cle/", passkeys.confirm_key, name="mfa_reauthenticate_webauthn"),
]
if settings.HTTPS:  # browsers give passkeys to https only
    urlpatterns += passkey_urls
