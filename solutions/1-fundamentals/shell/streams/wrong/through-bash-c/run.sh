#!/usr/bin/env bash
bash -c "$*" >> out.log 2>> err.log
