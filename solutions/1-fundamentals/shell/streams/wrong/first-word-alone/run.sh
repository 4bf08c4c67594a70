#!/usr/bin/env bash
$1 >> out.log 2>> err.log
