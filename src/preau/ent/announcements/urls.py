"""The addresses of announcements. `write_page` names the page where a head writes to the families of a school, in a
neighbour; whoever assembles the house gives it."""

from django.urls import path

from preau.ent.announcements.views import following, joint, parents, reading, writing


def patterns(write_page):
    """[(addresses), "announcements"] for `include`."""
    return [
        path("annonces/", reading.mine, {"write_page": write_page}, name="mine"),
        path("annonces/de/<uuid:authority_id>/", writing.sent, name="sent"),
        path("annonces/de/<uuid:authority_id>/nouvelle/", writing.announcement_create, name="announcement_create"),
        path("annonces/<uuid:announcement_id>/", reading.announcement_detail, name="announcement_detail"),
        path("annonces/<uuid:announcement_id>/lecture/", reading.seen_create, name="seen_create"),
        path("annonces/<uuid:announcement_id>/texte/", writing.announcement_edit, name="announcement_edit"),
        path("annonces/<uuid:announcement_id>/abandon/", writing.discard_create, name="discard_create"),
        path("annonces/<uuid:announcement_id>/envoi/", writing.sending_create, name="sending_create"),
        path("annonces/<uuid:announcement_id>/envoi/fin/", writing.sending_end, name="sending_end"),
        path("annonces/<uuid:announcement_id>/reprise/", writing.announcement_again, name="announcement_again"),
        path("annonces/<uuid:announcement_id>/retrait/", writing.withdrawal_create, name="withdrawal_create"),
        path("annonces/<uuid:announcement_id>/moitie/", joint.half_edit, name="half_edit"),
        path("annonces/<uuid:announcement_id>/moitie/<uuid:school_id>/", joint.half_create, name="half_create"),
        path("annonces/<uuid:announcement_id>/suivi/", following.counts, name="counts"),
        path("annonces/<uuid:announcement_id>/familles/", following.families, name="families"),
        path("annonces/<uuid:announcement_id>/coupons/", following.coupons_create, name="coupons_create"),
        path("annonces/<uuid:announcement_id>/proposition/", parents.proposal_edit, name="proposal_edit"),
        path("annonces/<uuid:announcement_id>/refus/", parents.refusal_create, name="refusal_create"),
        path("annonces/parents-elus/<uuid:school_id>/", parents.elected, name="elected"),
        path("annonces/parents-elus/<uuid:school_id>/nouveau/", parents.elected_create, name="elected_create"),
        path("annonces/parents-elus/<uuid:school_id>/texte/", parents.proposal_create, name="proposal_create"),
        path("annonces/parents-elus/<uuid:elected_id>/fin/", parents.elected_end, name="elected_end"),
        path("annonces/coupons/<uuid:awaited_id>/", following.coupon_return, name="coupon_return"),
    ], "announcements"
