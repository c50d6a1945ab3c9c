"""What every page has around it: rendering, navigation, files it loads, forms, and the page of a fault."""
