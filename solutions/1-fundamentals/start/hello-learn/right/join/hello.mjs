// `+` shows each part, and turns a number into a text by itself: "1" + 1 is "11".
export const greeting = (name) => "Hello, " + name + "!";
