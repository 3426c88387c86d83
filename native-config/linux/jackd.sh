#!/bin/sh
# JACK with short periods. $1: the sound card as `aplay -l` names it, such as hw:1
#   -R -P 70   real time, below what the kernel gives its interrupt threads
#   -p 128     2.7 ms; 64 where the machine bears it, 32 seldom does
#   -n 3       three periods for USB cards, which deliver each millisecond; 2 for others
#   -X seq     the kernel's MIDI ports appear in JACK as well
exec jackd -R -P 70 -d alsa -d "${1:-hw:0}" -r 48000 -p 128 -n 3 -X seq
