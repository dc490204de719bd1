"""Calls, applications and opinions (mission D3; plan.md W1)."""

from preau.plan.applications.models.attachments import MOST_ATTACHMENTS as MOST_ATTACHMENTS
from preau.plan.applications.models.attachments import Attachment as Attachment
from preau.plan.applications.models.calls import SECTIONS as SECTIONS
from preau.plan.applications.models.calls import Call as Call
from preau.plan.applications.models.calls import FormField as FormField
from preau.plan.applications.models.calls import FormRevision as FormRevision
from preau.plan.applications.models.calls import last_day_in as last_day_in
from preau.plan.applications.models.calls import section_title as section_title
from preau.plan.applications.models.files import EDITABLE as EDITABLE
from preau.plan.applications.models.files import LEFT as LEFT
from preau.plan.applications.models.files import NEXT as NEXT
from preau.plan.applications.models.files import OVER as OVER
from preau.plan.applications.models.files import Application as Application
from preau.plan.applications.models.files import DecisionRef as DecisionRef
from preau.plan.applications.models.files import SectionVersion as SectionVersion
from preau.plan.applications.models.files import State as State
from preau.plan.applications.models.files import Submission as Submission
from preau.plan.applications.models.files import may_become as may_become
from preau.plan.applications.models.opinions import CITY_AUTHORITIES as CITY_AUTHORITIES
from preau.plan.applications.models.opinions import STAGES as STAGES
from preau.plan.applications.models.opinions import STATE_REVIEWERS as STATE_REVIEWERS
from preau.plan.applications.models.opinions import Authority as Authority
from preau.plan.applications.models.opinions import Message as Message
from preau.plan.applications.models.opinions import Note as Note
from preau.plan.applications.models.opinions import Opinion as Opinion
from preau.plan.applications.models.opinions import Verdict as Verdict
