"""Turns the football results (CSV) into event calls: a JSON body of at most 100 events on each line.

Every match that was played is two events, one of each team.
"""
import csv
import json
import sys


def events(path):
    with open(path, encoding="utf-8", newline="") as file:
        for number, match in enumerate(csv.DictReader(file)):
            if match["home_score"] == "NA" or match["away_score"] == "NA":
                continue
            home, away = int(match["home_score"]), int(match["away_score"])
            yield event(number, match, "home", home, away)
            yield event(number, match, "away", away, home)


def event(number, match, side, goals, against):
    team = match[side + "_team"]
    return {
        "event_id": f"match-{number}-{side}",
        "event_type": "match.completed",
        "actor": {"id": team, "name": team},
        "timestamp": match["date"] + "T00:00:00Z",
        "attrs": {
            "goals_for": goals,
            "goals_against": against,
            "victory": goals > against,
            "tournament": match["tournament"],
            "neutral": match["neutral"] == "TRUE",
        },
    }


call = []
for one in events(sys.argv[1]):
    call.append(one)
    if len(call) == 100:
        print(json.dumps({"events": call}))
        call = []
if call:
    print(json.dumps({"events": call}))
