"""The addresses of the room. `importer` names the address of the page where a city gives its own table, which is of a
room above."""

from django.urls import path, re_path

from preau.plan.inventory.views import arriving, changes, counting, labels, reading


def patterns(importer):
    """[(addresses), "inventory"] for `include`."""
    return [
        path("plan/inventaire/", reading.asset_list, {"importer": importer}, name="asset_list"),
        re_path(r"^plan/inventaire\.(?P<extension>csv|ods|xlsx)$", reading.asset_export, name="asset_export"),
        path("plan/inventaire/etiquettes/", labels.asset_labels, name="asset_labels"),
        path("plan/inventaire/etiquettes.pdf", labels.asset_labels_pdf, name="asset_labels_pdf"),
        path("plan/inventaire/ecoles/<uuid:school_id>/", reading.school_stock, name="school_stock"),
        path("plan/ecoles/<uuid:school_id>/besoins/", reading.school_needs, name="school_needs"),
        path("plan/ecoles/<uuid:school_id>/besoins.<table:extension>", reading.need_export, name="need_export"),
        path("plan/inventaire/ecoles/<uuid:school_id>/livraison/", arriving.delivery, name="delivery"),
        path("plan/inventaire/ecoles/<uuid:school_id>/classe-mobile/", arriving.cart_delivery, name="cart_delivery"),
        # The worker answers for the pages below its own address, and for no other.
        path("plan/inventaire/ecoles/hors-ligne.js", counting.count_worker, name="count_worker"),
        path("plan/inventaire/ecoles/<uuid:school_id>/comptage/", counting.count_walk, name="count_walk"),
        path("plan/inventaire/ecoles/<uuid:school_id>/comptage.pdf", counting.count_sheet, name="count_sheet"),
        path("plan/inventaire/ecoles/<uuid:school_id>/comptages/", counting.count_list, name="count_list"),
        path(
            "plan/inventaire/ecoles/<uuid:school_id>/comptages.<table:extension>",
            counting.count_export,
            name="count_export",
        ),
        path("plan/inventaire/comptages/<uuid:count_id>/", counting.count_detail, name="count_detail"),
        path("plan/inventaire/comptages/<uuid:count_id>/suites/", counting.count_settlement, name="count_settlement"),
        path("plan/inventaire/constats/<uuid:observation_id>/", counting.observation_asset, name="observation_asset"),
        path(
            "plan/inventaire/reformes/<uuid:retirement_id>/effacement.pdf",
            reading.erasure_certificate,
            name="erasure_certificate",
        ),
        path("plan/inventaire/<uuid:asset_id>/", reading.asset_detail, name="asset_detail"),
        path("plan/inventaire/<uuid:asset_id>/emplacement/", changes.asset_place, name="asset_place"),
        path("plan/inventaire/<uuid:asset_id>/<slug:change>/", changes.asset_change, name="asset_change"),
        path("plan/bien/<slug:tag>/", reading.asset_by_tag, name="asset_by_tag"),
    ], "inventory"
