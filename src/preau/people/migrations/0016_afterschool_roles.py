"""Roles of the city's agents, and the périscolaire site as a place where a role is held."""

import django.db.models.deletion
from django.db import migrations, models

from preau.kit.upgrades import keep_undoable

FIRST = ("id", "person", "role", "title", "department", "city", "district", "school", "classroom")
LAST = ("starts_on", "ends_on")
NOTE, TAKE_AGAIN = keep_undoable("people.Mandate", before=(*FIRST, *LAST), after=(*FIRST, "afterschool", *LAST))


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0001_initial'),
        ('people', '0015_notice_shown'),
        ('places', '0007_afterschool'),
    ]

    operations = [
        NOTE,
        migrations.RemoveConstraint(
            model_name='mandate',
            name='mandate_in_one_place',
        ),
        migrations.AddField(
            model_name='mandate',
            name='afterschool',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='places.afterschool'),
        ),
        migrations.AlterField(
            model_name='mandate',
            name='role',
            field=models.CharField(choices=[('teacher', 'enseignante ou enseignant'), ('supply_teacher', 'remplaçante ou remplaçant'), ('school_head', 'directrice ou directeur d’école'), ('aesh', 'AESH'), ('atsem', 'ATSEM'), ('site_manager', 'responsable de site périscolaire'), ('animator', 'animatrice ou animateur périscolaire'), ('catering', 'agente ou agent de restauration'), ('city_education', 'Direction Éducation'), ('city_it', 'informatique des écoles'), ('city_finance', 'finances de la Ville'), ('elected', 'élue ou élu'), ('ia_dasen', 'IA-DASEN'), ('ia_dasen_deputy', 'adjointe ou adjoint de l’IA-DASEN'), ('ien', 'IEN'), ('pedagogical_adviser', 'conseillère ou conseiller pédagogique'), ('erun', 'ERUN'), ('dsden', 'DSDEN'), ('dan', 'DAN'), ('trainer', 'formatrice ou formateur'), ('parents_federation', 'fédération de parents'), ('operator', 'opératrice ou opérateur de la base')], max_length=20, verbose_name='rôle'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('role', 'operator'), ('school', None)), models.Q(models.Q(('role', 'operator'), _negated=True), models.Q(models.Q(('afterschool', None), ('city', None), ('classroom__isnull', False), ('department', None), ('district', None), ('school', None)), models.Q(('afterschool__isnull', False), ('city', None), ('classroom', None), ('department', None), ('district', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('school__isnull', False)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district__isnull', False), ('school', None)), models.Q(('afterschool', None), ('city__isnull', False), ('classroom', None), ('department', None), ('district', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department__isnull', False), ('district', None), ('school', None)), _connector='OR')), _connector='OR'), name='mandate_in_one_place'),
        ),
        TAKE_AGAIN,
    ]
