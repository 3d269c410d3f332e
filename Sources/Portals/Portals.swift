// Portals
