# An IP address, version 6 without brackets.
type Pulseboard::Address = Pattern[/\A(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)\z/]
