# Where Nginx listens: a port, or address:port, IPv6 in brackets.
type Pulseboard::Listen = Pattern[/\A((\d{1,3}\.){3}\d{1,3}:|\[[0-9A-Fa-f:.]+\]:)?\d{1,5}\z/]
