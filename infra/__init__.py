"""What a shop needs in an AWS account, written with CDK and synthesized to plain CloudFormation templates.

`python -m infra` writes them to `src/xpressbuy/cloud/templates/`, from where the command line deploys them. Nothing
here talks to AWS, and no line of the shop imports it.
"""

import os

# The runtime of CDK tells at length which Node it likes best; this one, which the web build takes, will do.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")  # noqa: TID251 - read by a child process
