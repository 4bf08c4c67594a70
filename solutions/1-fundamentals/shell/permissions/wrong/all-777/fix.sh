#!/usr/bin/env bash
date >fixed.log
chmod -R 777 .
