"""Every other AWS service, a file each."""
