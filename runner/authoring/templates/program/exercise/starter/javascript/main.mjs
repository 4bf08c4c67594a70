// TODO(learn): greet everybody who is named
console.log("Hello!");
