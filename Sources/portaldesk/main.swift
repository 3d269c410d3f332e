print("portaldesk")
