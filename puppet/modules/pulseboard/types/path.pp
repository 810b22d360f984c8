# An absolute path of characters that mean nothing special to systemd or Nginx.
type Pulseboard::Path = Pattern[/\A\/[A-Za-z0-9._\/@+-]*\z/]
