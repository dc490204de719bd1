"""The writes of the room."""

from preau.plan.priorities.actions.lists import add_to_list as add_to_list
from preau.plan.priorities.actions.lists import cosign_list as cosign_list
from preau.plan.priorities.actions.lists import give_back_list as give_back_list
from preau.plan.priorities.actions.lists import move_rank as move_rank
from preau.plan.priorities.actions.lists import open_list as open_list
from preau.plan.priorities.actions.lists import propose_list as propose_list
from preau.plan.priorities.actions.lists import remove_from_list as remove_from_list
from preau.plan.priorities.actions.lists import send_to_copil as send_to_copil
from preau.plan.priorities.actions.outcomes import adopt_list as adopt_list
from preau.plan.priorities.actions.outcomes import decide_programme as decide_programme
from preau.plan.priorities.actions.outcomes import send_back_list as send_back_list
from preau.plan.priorities.actions.outcomes import send_back_programme as send_back_programme
from preau.plan.priorities.actions.programmes import add_school as add_school
from preau.plan.priorities.actions.programmes import arbitrate as arbitrate
from preau.plan.priorities.actions.programmes import close_programme as close_programme
from preau.plan.priorities.actions.programmes import explain_school as explain_school
from preau.plan.priorities.actions.programmes import open_programme as open_programme
from preau.plan.priorities.actions.programmes import record_vote as record_vote
from preau.plan.priorities.actions.programmes import remove_school as remove_school
from preau.plan.priorities.actions.programmes import start_programme as start_programme
from preau.plan.priorities.actions.programmes import submit_programme as submit_programme
from preau.plan.priorities.actions.recommendations import answer_line as answer_line
from preau.plan.priorities.actions.recommendations import sign_recommendation as sign_recommendation
from preau.plan.priorities.actions.recommendations import write_recommendation as write_recommendation
