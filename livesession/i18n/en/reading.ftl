# Reading a long thread: filters, search, pages.
public-narrow = Search, filter
public-narrow-word = Word
public-narrow-item = Item
public-narrow-item-all = All items
public-narrow-order = Order
public-narrow-order-newest = Newest first
public-narrow-order-item = By item
public-narrow-votes = Votes
public-narrow-pinned = Pinned
public-narrow-show = Show
public-narrow-whole = Whole thread
public-narrow-found = { $count ->
    [one] { $count } post
   *[other] { $count } posts
}
public-narrow-none = No post matches.
public-pages = Pages of the thread
public-pages-older = Earlier posts
public-pages-newer = Later posts
public-pages-next = Next page
public-pages-previous = Previous page
public-pages-one = Page { $number }
