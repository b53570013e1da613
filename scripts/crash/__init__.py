"""Parts of ``scripts/crash_campaign.py``."""
