# Images: sent in before the text that shows them, with a required description.
error-media-unreadable = This image cannot be read. Nothing was recorded.
error-media-unknown = This image is not known. Send it in first.
error-media-alt = An image needs its description, for those who do not see it.
error-media-many = Too many images in one text.

problem-media-unreadable = the file is no readable image; { $known } are accepted
problem-media-large = the file is larger than { NUMBER($limit, useGrouping: 0) } MB
problem-media-pixels = the image has more than { NUMBER($limit, useGrouping: 0) } million pixels
problem-media-unknown = no image of this identifier in this sitting
problem-media-alt = say in a few words what the image shows
problem-media-many = { NUMBER($limit, useGrouping: 0) } images at most

media-shown = Image: { $alt }
