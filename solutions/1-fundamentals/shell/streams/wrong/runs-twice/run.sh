#!/usr/bin/env bash
"$@" >> out.log
"$@" 2>> err.log
