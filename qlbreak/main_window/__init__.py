"""The one window ("Open qlbreak"): five pages beside their names, each made when it is first shown.

A page is a module `NAME_page` of this room (`movements_page`, `record_page`, `settings_page`) with

    def make(paths: Paths, feed: Feed) -> QWidget

which the window calls when the person turns to it; it need not be there: then its place says so. It
stands below its name, which the window writes, and as wide as there is room: what is higher scrolls
in a `parts.Scroll` of its own. It shows what the files tell, also where no program runs.

What is new it hears by the feed (`feed.Feed`), on the window's thread:

    feed.changed.connect(self._look)   # also: it has started, or ended
    feed.news                          # how things stand; None while no program runs
    feed.news.recorded                 # another number: there are new facts in the record
    feed.say("done", self._told)       # words as of a command; what is answered, a `Reply`, comes
                                       # later; without a second argument nobody waits for it
    feed.turn.emit("settings")         # the person wants another page

A page that is not seen leaves its work until it is: `feed.follow(self, self._look)` calls at once
or, where the page is hidden, when it is next shown; and never again once the page is gone.
"""
