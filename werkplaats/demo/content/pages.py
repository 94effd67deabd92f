"""The long texts: about, privacy, accessibility, house rules. They say what the software does, no more."""

ABOUT = """\
## Waarom deze werkplaats?

Kinderen verschillen. Dat maakt onderwijs mooi, en soms best moeilijk. In ons samenwerkingsverband \
zorgen scholen er samen voor dat ieder kind een plek heeft die past. Hoe we dat doen, staat in ons \
ondersteuningsplan. Elke vier jaar maken we een nieuw plan.

Zo'n plan kun je achter een bureau schrijven. Wij maken het liever met iedereen die ermee leeft en \
werkt: leerlingen, leerkrachten, intern begeleiders, directeuren, besturen, ouders, consulenten, \
gemeenten en ketenpartners. Want wie elke dag met kinderen omgaat, weet wat helpt.

## Zo doe je mee

- Denk mee. Lees de vraag die nu aan de beurt is en vertel wat jij hebt meegemaakt.
- Praat mee. Reageer op een ander, geef een duimpje of kom naar een Passend Onderwijscafé, in de zaal of \
online.
- Doe mee. Stem in de peiling, stuur een wensbeeld in of zet de vraag op de agenda van je overleg.

Je hebt geen account nodig. Je mag in je eigen taal schrijven.

## Steeds één vraag

We stellen een paar vragen, en steeds staat er één in het midden. De Eerste Vraag gaat over nu: wat \
werkt er al? Daarna kijken we vooruit, eerst één of twee jaar en dan vier jaar. Dan is er ook alle \
ruimte voor wat beter kan. Vragen die geweest zijn, blijven staan. Je kunt alles teruglezen.

## Wat er met je inbreng gebeurt

Wij lezen alles: wat je hier schrijft en wat er in de cafés gezegd wordt. We zoeken wat vaak terugkomt \
en wat opvalt. Daarmee schrijven we een eerste versie van het plan, en daar kun je weer op reageren. \
Daarna beslist de OPR mee. Daarin zitten ouders en mensen van scholen. Het plan gaat pas door als zij \
het ermee eens zijn.

Aan het eind laten we zien wat we met jullie inbreng deden. En ook wat we niet deden, en waarom.

## Drie motto's

Samen leren leven, perspectief voor ieder kind, ik maak verschil voor ons. Met die drie zinnen werken we \
al een paar jaar. Passen ze nog? Ook dat horen we graag."""

HOUSE_RULES = """\
- Schrijf over wat jij zelf hebt meegemaakt. Dan leren we van elkaar.
- Noem geen namen van kinderen, en schrijf zo dat niemand een kind kan herkennen. Schrijf ook over \
volwassenen niets wat zij liever niet over zichzelf lezen.
- Wees vriendelijk, ook als je het oneens bent. Vraag eerst door en vind er dan pas iets van.
- Stuur geen foto's waarop kinderen herkenbaar zijn.
- Klopt er iets niet? Meld het bij de bijdrage. Een moderator (iemand van ons) kijkt ernaar.
- Een moderator kan een bijdrage weghalen. De schrijver hoort waarom. Antwoorden van anderen blijven \
staan."""

PRIVACY = """\
## Kort gezegd

Je kunt hier meedoen zonder account. We vragen zo weinig mogelijk, we volgen je niet en we verkopen \
niets. Je e-mailadres staat nooit op de site. Wil je dat we iets verwijderen? Vraag het ons, dan doen we \
dat.

## Wat we bewaren

Lees je alleen, dan bewaren we niets over jou. Doe je mee, dan bewaren we wat je zelf geeft en wanneer \
je dat deed:

- Een bijdrage of antwoord: je tekst, de naam die je kiest, je rol en, als je die invult, je werkgebied \
en het overleg waarvoor je schrijft. Een e-mailadres mag, maar hoeft niet. Daarmee kun je je bijdrage \
later zelf veranderen of weghalen. Van een wijziging bewaren we ook de oude tekst, zodat we kunnen \
nagaan wat er is gebeurd.
- Een duimpje of een melding: bij welke bijdrage of welk wensbeeld en, bij een melding, waarom.
- Een stem in een peiling: je keuze.
- Een idee of een sticker in een stickerronde: je tekst, je groep, en de kleur die je koos. Namen vragen we niet.
- Een wensbeeld: je woorden of je afbeelding en, als je die invult, je naam en je rol. Uit een foto \
halen we verborgen gegevens weg, zoals de plek waar hij is gemaakt. Wij kijken eerst, daarna komt je \
wensbeeld op de site. Koos je een foto en stuurde je hem niet in? Dan is hij na een dag gewist.
- Een aanmelding voor een café: je naam, je e-mailadres, of je in de zaal of online meedoet, of je iemand \
meeneemt en, als je die invult, je rol, je werkgebied, je wensen en je vraag vooraf. Je krijgt mails over dat \
café en kunt je altijd afmelden.

We gebruiken dit om de werkplaats te laten werken, om je te mailen over wat je zelf hebt gedaan en om \
het ondersteuningsplan te schrijven. Nergens anders voor. Je geeft ons deze gegevens vrijwillig, en je \
mag je daarna bedenken.

## Wie kan het zien?

Iedereen ziet je bijdrage met je naam, je rol, je werkgebied en je overleg. Ook je wensbeeld is voor \
iedereen, met je naam en je rol. Kies dus een naam waar je je goed bij voelt. Een voornaam is genoeg. \
Van stemmen, stickers en duimpjes laten we alleen aantallen zien. Wie er naar een café komt, staat niet op de \
site.

Je e-mailadres zien alleen de mensen die deze werkplaats beheren.

## Kinderen

Kinderen beschermen we extra. Leerlingen geven geen e-mailadres en geen foto. Wat een leerling schrijft, \
lezen wij altijd eerst. Noem geen namen van kinderen en stuur geen foto's waarop een kind te herkennen \
is. Zie je er toch een? Meld het, dan halen we het weg.

## Cookies

We gebruiken alleen cookies die nodig zijn. Ze gaan naar niemand anders.

- Een bezoekerscookie. Die krijg je pas als je zelf iets doet, zoals schrijven, stemmen of een duimpje \
geven. Er zit een willekeurig nummer in dat alleen wij kunnen maken. Zo weten we welke bijdrage, stem of \
duim van jou is. Hij blijft één jaar. Haal je hem weg, dan ben je voor ons een nieuwe bezoeker.
- Een cookie voor een gedeeld toestel. Die krijg je alleen als je bij een stickerronde op «volgende persoon» \
drukt. Hij blijft twaalf uur.
- Een cookie bij formulieren. Die zorgt dat niemand anders iets uit jouw naam kan versturen.
- Een cookie voor wie inlogt. Log je uit, dan is hij niet meer geldig.
- Een cookie met je naam, je rol en je werkgebied. Die krijg je alleen als je daar zelf een vinkje voor \
zet. Je mailadres staat er nooit in. Met de knop «Wis dit apparaat» bij het schrijfvak haal je hem weg.

Je browser bewaart een tekst waar je nog aan schrijft op je eigen apparaat, zodat je hem niet \
kwijtraakt: hooguit een week. Wij krijgen hem pas als je hem verstuurt.

We houden niet bij wat je op andere sites doet. Deze site haalt niets op bij andere bedrijven: geen \
reclame, geen tellers, ook geen lettertypes. Het IP-adres van je apparaat slaan we in de werkplaats niet \
op.

## Hoelang bewaren we het?

- Je wensen bij een café wissen we op de dag erna. Je aanmelding verwijderen we drie maanden na dat café.
- Bijdragen, stemmen en wensbeelden bewaren we zolang het plan loopt waarvoor je ze gaf.
- Wil je dat iets eerder weg is? Vraag het ons. Halen we een bijdrage weg, dan blijft haar plek met de \
antwoorden van anderen staan, zonder jouw woorden. Wil je dat we je gegevens helemaal wissen, dan doen \
we dat ook.

## Jouw rechten

De AVG geeft je rechten. Je mag zien wat we van je bewaren. Je mag het laten verbeteren of wissen, je \
mag het meenemen, en je mag zeggen dat we moeten stoppen met gebruiken. Mail ons. Vertel erbij om welke \
bijdrage of welk café het gaat, anders kunnen we het vaak niet vinden. Je krijgt binnen een maand \
antwoord.

Kom je er met ons niet uit? Dan kun je een klacht indienen bij de Autoriteit Persoonsgegevens."""

ACCESSIBILITY = """\
Iedereen moet hier kunnen meedoen. Ook als je niet goed ziet, geen muis gebruikt, langzaam leest of een \
oude telefoon hebt. Daar is deze site op gemaakt.

## Hoe toegankelijk is deze site nu?

We willen voldoen aan de internationale regels voor toegankelijke websites: WCAG 2.2, niveau AA. De site \
is nog niet door een onafhankelijke partij onderzocht. In het model van de overheid is de status daarom \
D: we weten nog niet zeker aan welke eisen we voldoen, en er is nog geen onderzoek gepland. Staat er een \
onderzoek gepland, dan passen we dit aan.

## Wat we zelf testen

- Een programma (axe) controleert de pagina's, in het formaat van een telefoon en van een computer, in \
lichte en donkere kleuren.
- We lopen de belangrijkste stappen na met alleen het toetsenbord.
- Alles werkt ook als JavaScript uitstaat.
- We rekenen na of tekst genoeg afsteekt tegen de achtergrond. Kleur is nergens de enige aanwijzing: er \
staat altijd een woord of een vorm bij.
- De teksten schrijven we op taalniveau B1.

## Wat we nog niet weten

- We hebben de site nog niet getest samen met mensen die een schermlezer of andere hulpmiddelen gebruiken.
- Bezoekers sturen zelf teksten en afbeeldingen in. Die zijn misschien niet voor iedereen goed te lezen \
of te zien.
- In een online café gebruiken we een programma van een ander. Dat hebben we niet onderzocht.

## Loop je ergens tegenaan?

Vertel het ons, dan kijken we wat we eraan kunnen doen. Je krijgt binnen twee weken antwoord. Lukt \
meedoen online niet? Dan schrijven we samen met jou op wat je wilt zeggen, of we zoeken een plek voor je \
in een café.

Vind je ons antwoord niet goed? Vraag ons dan hoe je een klacht indient."""
