"""What is learnt from articles that were read: who takes part in which event, and who belongs to whom.

The rules propose; here a network decides by all that speaks for and against, what the rules say among it.

* `scene`: an article with its look-ups
* `tellings`, `occasions`: the words that may tell an event, and who may take part
* `ties`: the mentions that a standing relation may join
* `word_traits`, `party_traits`, `pair_traits`: what speaks for a word, a party, and an edge between two
* `questions`: all that is asked of an article, in numbers
* `layers`, `network`, `model`: the network that answers, and its file
* `belonging`, `parties`: the relations that are settled, and the step of the pipeline
"""
