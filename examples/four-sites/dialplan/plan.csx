// What a call does, in C#. The same plan runs at every site; a saved file takes effect for the next call.
// A handler owns its call: when it returns, the call is over. "&" rings together; the first to answer wins, the others stop.

var mbloch     = Sip("mbloch-desk") & Iax("manchester/301") & Iax("office/301") & Iax("offsite/301");   // paths written out
var reception  = Person("100");                                                                        // or found by itself
var callCentre = Trunk("magrathea", "+441619960600");
var open       = Hours.Weekdays("09:00-17:30").In("Europe/London");

Extension("301", async call =>
{
    if (await call.Dial(mbloch, ringFor: 25.Seconds)) return;
    if (call.During(open) && await call.Dial(callCentre)) return;
    await call.Reject(DialStatus.NoAnswer);
});

Extension("100", async call =>
{
    if (await call.Dial(reception, ringFor: 20.Seconds)) return;
    await call.Dial("SIP/pcherry-desk&IAX2/office/302");       // Asterisk's spelling, pasted
});

Extension("302", call => call.Dial(Person("302"), ringFor: 30.Seconds));

// The team: everybody at once, whichever site a phone is registered at. Who is registered at several rings once.
Extension("200", call => call.Dial(Sip("mbloch-desk") & Sip("reception") & Sip("pcherry-softphone")
    & Iax("london/200") & Iax("manchester/200") & Iax("office/200") & Iax("offsite/200"), ringFor: 25.Seconds));

Extension("390", call => call.Dial(Iax("fax-modem")));         // registers over IAX2, at this site

// Numbers called from outside.
Inbound("+442079460123", call => call.Goto("301"));
Inbound("+442079460100", call => call.Goto("100"));
Inbound("+442079460200", call => call.Goto("200"));

Otherwise(call => call.Reject(DialStatus.Unreachable));
