#!/usr/bin/env bash
"$@" 2>>err.log | tee -a out.log
