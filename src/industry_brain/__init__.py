"""The platform: pages, API, command line and jobs around the engines."""
