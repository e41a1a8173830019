"""The shop's AWS resources as CDK stacks, synthesized offline into `src/xpressbuy/cloud/templates`. No shop code in it."""
