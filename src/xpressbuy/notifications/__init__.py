"""The mails that the shop owes: claimed once, rendered, handed to SES. Nobody imports this room but the doors."""
