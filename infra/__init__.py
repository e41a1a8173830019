"""The shop's AWS resources as CDK stacks, synthesized offline into `xpressbuy/cloud/templates`. No shop code in it."""
