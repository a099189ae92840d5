"""The working calendar of the country: public holidays and the days the Government moves."""
