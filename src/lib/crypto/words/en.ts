/** Short common English words for passphrases; no two differ by accents or case alone. */
export const WORDS: readonly string[] = `
able acorn actor adult agent album alley almond amber anchor angel angle ankle answer ant apple
apron arch arm arrow artist ash aunt autumn away axle baby back bacon badge bag bake baker balcony
ball balloon bamboo banana band bank barley barn barrel basin basket bath beach bead beak beam
bean bear beard beaver bed bee beetle bell bench berry bike bird biscuit blanket blossom blue
board boat body bold bone book boot bottle bowl box boy bracket brain branch brass brave bread
breeze brick bridge bright brook broom brother brown brush bubble bucket bud buffalo bugle bulb
bundle bunny bus bush butter button cabin cabbage cable cactus cake calf calm camel camera canal
candle candy cane canoe canvas cap cape car caramel card care cargo carpet carrot cart carve
castle cat cattle cave cedar ceiling celery cell cello cement center cereal chain chair chalk
chapter cheek cheese cherry chess chest chicken chief child chimney chin chorus cinema circle
circus city clap class clay clean clear clerk clever cliff climb clock cloth cloud clover clown
coach coal coast coat cobra cocoa coconut coffee coin collar color comb comet compass cook copper
coral cord cork corn corner cotton couch cousin cover cow crab cradle crane crayon cream creek
cricket crisp crow crown crumb crystal cube cuckoo cucumber cup curl curtain curve cushion custard
cycle daily dairy daisy dance daring date daughter dawn day deer dentist desert desk dessert dew
dial diamond diary dinner dish dive doctor dog doll dolphin donkey door dot double dough dove
dozen dragon drawer dream dress drift drink drive drop drum dry duck dune dust eagle ear early
earth easel east easy echo edge egg eight elbow elder elephant eleven elm ember empty engine
envelope even evening event eye fabric face factory fair falcon family fan far farm farmer fast
father feast feather fence fern ferry fiber fiddle field fifty fig film finch find finger fir
first fish five flag flame flat flavor fleece flight float flock floor flour flower flute fly foal
foam fog folder folk food foot forest fork fossil fountain four fox frame fresh friend fringe frog
front frost fruit full funny fur galaxy game garage garden garlic gate gather gem gentle giant
gift ginger giraffe girl glad glass globe glove glow glue goat gold golden good goose gorge grain
grand grape grass gravel gravy great green greet grey grin grocer ground group grove guest guide
guitar gull gum habit hair half hall hammer hammock hamster hand handle happy harbor hare harp
harvest hat hawk hay hazel head health heart hedge heel height helmet help hen herb herd hero
heron high hill hint hobby holiday hollow home honest honey hood hoof hook hope horn horse hotel
hour house hug human humble hundred hut ice icon idea igloo inch ink insect inside iris iron
island ivory ivy jacket jaguar jam jar jasmine jaw jazz jeans jelly jewel joke jolly journey joy
judge juice july jump june jungle junior jury just kangaroo keen keep kettle key kick kid kind
king kiosk kitchen kite kitten kiwi knee knife knot koala label lace ladder lady lake lamb lamp
land lane lantern large lark last late laugh laundry lava lavender lawn layer lead leaf leather
lemon lemonade length leopard lesson letter lettuce level library lid life light lily lime line
linen lion lip list little lizard llama loaf lobby lobster local lock log long loop lotus loud
love lucky lunch lute lynx machine magic magnet mail major mallet mango map maple marble march
margin market marmot mask mast match matter meadow meal measure medal melody melon member menu
merry metal meter middle mild milk mill mint minute mirror mitten mix model modern moment monkey
month moon moose morning moss moth mother motor mountain mouse mouth movie much mug mule muscle
museum music mustard myth nail name napkin narrow nature near neat neck nectar needle neighbor
nephew nest net new nice niece night nine noble noodle noon north nose note novel number nurse nut
nutmeg oak oasis oat ocean octopus office often oil olive omelet onion open opera orange orbit
orchard orchid organ ostrich otter outside oval oven owl owner oxygen oyster packet paddle page
pail paint pair palace palm pan pancake panda panel panther papaya paper parade parcel parent park
parrot parsley party pasta paste path patient peace peach peacock peak peanut pear pearl pebble
pedal pelican pen pencil penguin people pepper perfect petal phone photo piano picnic picture pie
pigeon pillow pilot pine pink pipe pizza place plain planet plant plate play plaza plum plus
pocket poem poet point polar pole polish polite pond pony pool poplar poppy porch port post potato
pottery powder present pretty prince print prize proud public pudding pulp pump pumpkin pupil
puppet puppy purple purse puzzle pyramid quail quarter queen quick quiet quill quilt quince quiz
rabbit race radar radio radish raft rain rainbow raisin ram ranch rapid raven razor read ready
real recipe record red reed reef relay remind rest ribbon rice rich ride right ring ripple rise
river road robe robin robot rock rocket rodeo roll roof room root rope rose round row royal rubber
ruby rug ruler run runner rush rust rye saddle sage sail sailor salad salmon salt same sample sand
sandal sardine satin sauce saucer save saw scale scarf scene scent school science scooter score
scout screen screw sea seal season seat second secret seed seesaw senior seven shade shadow shape
share sheep sheet shelf shell shepherd shine ship shirt shoe shop shore short shoulder shovel show
shower shrimp shy side sign silent silk silver simple sing singer sister six skate skin skirt sky
sleep sleeve slice slide slipper slope slow small smart smile smoke smooth snack snail snow soap
soccer sock sofa soft soil solar solid son song soon soup south space spade spark sparrow spice
spider spinach spiral spirit sponge spoon sport spot spring sprout square squash squirrel stable
stadium staff stage stair stamp star start statue steady steam steel stem step stew stick still
stone stool stork storm story stove straw stream street string strong student studio sugar suit
sum summer sun sunny sunset sure surf swallow swan sweater sweet swift swim swing symbol syrup
table tailor talent talk tall tango tape target taste taxi tea teach teacher team teapot teeth
temple ten tennis tent thank theater thick thimble thin thing third thirty three throne thumb
thunder ticket tide tiger tile timber time tin tiny tire toast today toe tomato tongue tool tooth
top topic torch tortoise total toucan tour towel tower town toy tractor trail train travel tray
treat tree trial tribe trio trip trout truck true trumpet trunk try tuba tulip tuna tunnel turkey
turn turnip turtle tutor twelve twenty twig twin two umbrella uncle under uniform unit upper
upward urban useful usual valley value van vanilla vase vast velvet verb verse very vest view
villa village vine vinegar violet violin visit voice volcano vowel voyage wafer wagon waist wait
walk wall walnut walrus waltz warm wash wasp watch water wave wax weather weave web week well west
whale wheat wheel whisper whistle white wide width wild willow wind window wing winter wire wise
wish wolf wonder wood wool word work world worm wrist write yak yard yarn year yeast yellow yes
yogurt young zebra zero zigzag zinc zone zoo
`
  .trim()
  .split(/\s+/u);
