"""Makes the coach's judge from labelled texts: `make judge`.

    sentences/*.txt      sentences, each for or against one check, its faulty words marked
    ../**/*.jsonl        answers and drafts with all their checks

A line of a sentence: `+ check | step | text with «the faulty words» | other checks`, or `- check | …`
for one that looks like that check's fault and is none.
"""
