//! Lists of English words by what they do in a phrase: tie it together, report it, or name an office.
//!
//! Closed classes, written out; everything else is told by the background table of [`weights`](super::weights).

/// Articles, pronouns, prepositions, conjunctions, auxiliaries and the adverbs that go with them.
pub(in crate::analysis::reuse) const FUNCTION: &str = "a an the this that these those such same other another each every either neither both \
all any some no none not n't more most much many few fewer less least several own enough only \
i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself \
it its itself they them their theirs themselves one ones oneself who whom whose which what whatever whoever \
someone somebody something anyone anybody anything everyone everybody everything nobody nothing \
be am is are was were been being do does did done doing have has had having will would shall should can cannot could \
may might must ought need don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't \
haven't hasn't hadn't i'm i've i'd i'll we're we've we'd we'll you're you've you'll it's it'll he's she's they're \
they've they'll that's there's what's who's let's let \
of in on at by for with without within from to into onto upon out off over under up down about above below across after \
against along amid amidst among amongst around as before behind beneath beside besides between beyond but despite during \
except inside like near outside past per since through throughout till toward towards underneath unlike until via \
and or nor so yet if because although though while whereas whether unless than then once when whenever where wherever \
why how however therefore thus hence also too very just even still already always never ever often again rather quite \
almost perhaps maybe indeed instead moreover furthermore meanwhile otherwise anyway here there now both etc";

/// Words that open a noun phrase.
pub(in crate::analysis::reuse) const DETERMINERS: &str =
    "the a an this that these those my your his her its our their any some no other";

/// Words so ordinary that they carry no phrase: verbs of saying and general doing, times, amounts, general nouns.
pub(in crate::analysis::reuse) const LIGHT: &str = "say says said saying tell tells told telling add adds added adding ask asks asked asking \
speak speaks spoke spoken speaking talk talks talked talking call calls called calling note notes noted noting \
according explain explains explained reply replied answer answered report reports reported reporting announce announces \
announced comment comments commented comments write writes wrote written read reads mention mentions mentioned \
state stated states think thinks thought thinking believe believes believed know knows knew known knowing want wants \
wanted wanting see sees saw seen seeing look looks looked looking seem seems seemed feel feels felt hope hopes hoped \
make makes made making take takes took taken taking get gets got gotten getting give gives gave given giving go goes \
went gone going come comes came coming put puts putting keep keeps kept keeping hold holds held holding bring brings \
brought use uses used using find finds found finding show shows showed shown become becomes became begin begins began \
begun start starts started end ended continue continues continued continuing remain remains remained try tries tried \
trying let leave leaves left set happen happened happens include includes included including follow follows followed \
following able unable likely unlikely possible expected \
year years month months week weeks weekend day days hour hours minute minutes time times today tomorrow yesterday tonight \
morning afternoon evening night noon midnight moment ago later earlier early late recent recently last next first second \
third previous previously current currently new old former soon long short far ahead long-term decade decades century \
two three four five six seven eight nine ten eleven twelve twenty thirty hundred hundreds thousand thousands million \
millions billion billions percent per cent half dozen dozens number numbers amount lot lots kind kinds sort part parts \
way ways thing things fact case cases course point points place places people person man men woman women one's \
good bad better best great big small large high low little right wrong important different certain sure \
well really actually especially particularly generally usually certainly clearly simply probably together back away \
whole full total main major several various further other others yes no okay please thank thanks \
mr mrs ms dr photo image photograph file editor editing reuters ap afp";

/// Never names, although they have a capital.
pub(in crate::analysis::reuse) const DAYS_AND_MONTHS: &str = "january february march april june july august september october november \
december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday";

/// Words for the holder of an office. With names they make a name, never the content of a phrase.
pub(in crate::analysis::reuse) const OFFICES: &str = "secretary secretaries general generals minister ministers ministry president presidents \
chief chiefs leader leaders spokesman spokesmen spokeswoman spokeswomen spokesperson spokespeople ambassador ambassadors \
chancellor king queen prince princess senator senators sen rep representative representatives congressman congresswoman \
governor gov mayor admiral adm colonel col commander cmdr captain capt lieutenant lt sergeant sgt gen brig maj major \
director chairman chairwoman chair coordinator adviser advisor envoy official officials head heads premier doctor \
professor prof sir dame lord lady pope cardinal bishop archbishop judge justice sheriff officer commissioner diplomat \
diplomats lawmaker lawmakers deputy vice ceo executive editor correspondent reporter analyst analysts";

/// Words that are part of an office's name when they stand before one of [`OFFICES`].
pub(in crate::analysis::reuse) const OFFICE_MODIFIERS: &str = "prime foreign defence defense finance interior home trade justice health press \
national chief assistant associate acting state deputy vice senior top military vice-president security attorney \
supreme party opposition executive managing permanent special north south";

/// The words of one of the lists.
pub(in crate::analysis::reuse) fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split_ascii_whitespace()
}
