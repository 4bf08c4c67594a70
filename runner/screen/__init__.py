"""Everything a person sees. Takes plain data, returns rich renderables; runs nothing."""
