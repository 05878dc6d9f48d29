"""The house that written conversations take place in: its people, and how a customer is reached."""

from bot.core.approving.organisation import Known, Member, Organisation
from bot.core.pings.rooms import Here
from bot.core.words import PersonId

OMAR, LIN = PersonId("omar"), PersonId("lin")
CUSTOMER = "table:customer"
CHANNEL = Here("table", "channel", "#the-team", "internal")  # the project's, where the team reads
HOUSE = Organisation(
    people=(
        Member(PersonId("owner"), "Maya Lindqvist"),
        Member(OMAR, "Omar Haddad"),
        Member(LIN, "林静"),
    ),
    roles={
        "account_lead": (OMAR, LIN),
        "delivery_director": (OMAR, LIN),
        "executive": (OMAR,),
        "finance": (LIN, OMAR),
        "contract_reviewer": (LIN, OMAR),
    },
    meeting_link="https://meet.house.example/delay",
    customers=(Known("*", conversation=CUSTOMER, conversation_name="#with-the-customer"),),
)
