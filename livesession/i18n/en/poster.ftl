# The poster, the badge and the image of a shared link.
announced-when = { $date }, { $time }
announced-follow = Follow the sitting
