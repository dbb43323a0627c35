/** Short common French words for passphrases; no two differ by accents or case alone. */
export const WORDS: readonly string[] = `
abeille abricot accord acier acteur adresse affiche agenda agneau aigle aiguille ail aile aimant
air album algue aliment allée alouette ambre amande ami ananas âne ange angle animal anneau année
antenne août appel arbre arc ardoise argent argile armoire arôme arrosoir artiste asperge assiette
atelier atlas atome aube auberge aurore automne avenir avion avocat avoine avril azur bague
baguette baie bain baiser balai balance balcon baleine balle ballon bambou banane banc bande banjo
barbe barque barrage barreau bas bascule basilic bassin bateau bâton bavoir beau bébé bec belette
béret berger besoin bêtise beurre biberon biche bidon bijou billet biscuit bison blanc blé bleu
bloc blond bobine bocal boeuf bois boisson boîte bol bonbon bonheur bonnet bord bosse botte bouche
boucle bougie boule bouleau bouquet bourgeon boussole bouteille bouton branche bras brebis brique
brise brochet broche broderie brosse brouette brume brun bulle buffet buisson bureau buse but
cabane cabine câble cacao cactus cadeau cadran cadre café cahier caillou caisse calcul calme
camarade camion campagne canal canapé canard canne canot cantine cape carafe caravane carnet
carotte carpe carré carte carton cascade casque casserole castor cave cèdre ceinture céleri cendre
centre cercle cerf cerise cerveau chaise chaleur chameau chamois champ chanson chant chapeau
chardon charpente charrue chat château chaton chaud chaussure chemin chemise chêne cheval cheveu
cheville chèvre chien chiffre chiot chocolat choeur choix chou chouette cidre ciel cigale cigogne
cil cinéma cinq cirage cire cirque ciseau citron clair clé client cloche clôture clou clown
coccinelle cochon coeur coffre coiffeur coin colibri colis colle collier colline colombe colonne
comète compas compote comptoir concert conte copain coq coquille corail corbeau corbeille corde
corne corps côte coton cou coude couleur coupe cour courge courrier cousin coussin couteau couture
couvert crabe craie crapaud crayon crème crêpe creux criquet cristal crochet croissant cube
cuillère cuir cuisine cuivre culture curieux cygne cyprès dahlia dame danse datte dauphin début
décor déjeuner demain dent départ dessert dessin deux diamant dictée digue dimanche dindon dîner
disque dix docteur doigt domino don dos doux douze dragon drapeau droit dune durée duvet eau
écaille écharpe échelle écho éclair école écorce écran écrin écriture écureuil église élan
élastique élève émail encre enfant énigme entrée envie épaule épi épice épinard éponge époque
équipe érable escalier escargot espace espoir essai est étable étage étang été étoffe étoile
étrier étude éventail fable façade face facile facteur faisan falaise famille fanfare farine
faucon fauteuil femme fenêtre fer ferme fête feu feuille feutre fève février ficelle fiche figue
fil filet fille film fils flacon flamant flamme flèche fleur fleuve flocon flotte flûte foin foire
folie fontaine force forêt forge forme fort fossile foulard four fourchette fourmi foyer fraise
framboise frein frère frise froid fromage front fruit fumée fuseau fusée futur galet galette galop
gant garage garçon gare gâteau gaufre géant genou gentil géranium gerbe gilet girafe givre glace
gland globe gomme gorge goudron gourde goût goutte graine grand grange granit grappe gravier
grenier grenouille grillon gris grive grotte groupe grue gué guêpe guide guirlande guitare habit
hache haie halte hamac hameau hamster hareng haricot harpe hasard haut herbe hérisson hermine
héron héros hêtre heure hibou hier hirondelle histoire hiver homard homme horizon horloge hôtel
hublot huile huit huître humain humeur humour hutte idée igloo île image immense index insecte
iris ivoire jacinthe jade jaguar jambe jambon janvier jardin jarre jasmin jaune javelot jeu jeudi
jeune joie joli jonc jongleur jonquille joue jouet jour journal juge juillet juin jumeau jument
jungle jupe jus juste kayak képi kilo kimono kiosque kiwi koala lac lacet laine lait laitue lama
lame lampe lande langue lanterne lapin laque lard large larme lavande leçon léger légume lentille
lessive lettre levier lèvre lézard liane libre licorne lien lierre lièvre ligne lilas limace lime
limonade lin linge lion liquide lis lisse liste lit litre livre local locomotive loisir long
losange loupe lourd loutre luge lumière lundi lune lunette lustre lutin lynx lyre machine magasin
magie mai maillot main maire maïs maison maître malice malle maman manche mandarine mangue manteau
marbre marché mardi marée margelle mari marin marmite marmotte marron mars marteau masque matelas
matin mauve mécano médaille méduse meilleur mélodie melon membre menthe menton menu mer mercredi
merle mesure métal métier mètre métro meuble meule midi miel miette milieu mille mimosa mince mine
minuit minute miroir mission moineau mois moisson moitié monde monnaie mont montagne montre
moquette morceau morse mot moteur motif mouche mouchoir moule moulin mousse moustache mouton
muguet mule mur mûre muscle musée musique mystère myrtille nacre nageur naissance nappe narine
natte nature navet navire neige neuf neveu nez niche nid nièce niveau noble noeud noir noisette
noix nom nombre nord note nougat nouveau novembre nuage nuit numéro oasis objet océan octobre oeil
oeillet oeuf offre ogre oie oignon oiseau olive olivier ombre omelette oncle onde ongle onze opale
opéra orage orange orchidée ordre oreille orge orgue origan orme orteil ortie osier otarie ouest
ourlet ours outil ovale page paille pain palais palme palmier palourde panda panier panneau
pantalon paon papa papaye papier papillon pâquerette paquet parapluie parc parcelle parent parfum
parole parquet part partage pas passage pastel pastèque patate pâte patience patin pâtisserie
patte paupière pavé paysan pays peau pêche pédale peigne peintre pelle pelouse peluche pendule
pensée pente pépin perche perdrix père perle perroquet persil petit peuplier phare phoque photo
phrase piano pic pièce pied pierre pieuvre pigeon pilote pin pinceau pince pingouin pinson pion
pipe pirate pirogue piscine piste pivoine placard place plafond plage plaine planche planète
plante plat plateau platane plein plier plomb pluie plume poche poêle poème poésie poète poids
poignet poil point poire poireau poirier pois poisson poivre pôle poli pomme pompe poney pont porc
porche port porte portrait poste pot potage poteau potier potiron poule poulet poulie poumon
poupée pourpre poussin poutre prairie premier prénom présent presse prince printemps prix
promenade prune public puce puits pull pupitre purée puzzle pyjama pyramide quai quart quartier
quatre quenouille question quête queue quiche quille quinze rabot racine radeau radio radis rail
raisin rameau rampe rang râteau rayon recette récit récolte refrain règle reine relais remède
renard renne rentrée repas repos requin réseau rêve réveil rideau rime rire rive rivière riz robe
robinet robot roche roi roman ronce rond ronde rosace rose roseau rosée rosier rossignol rôti roue
rouge rouleau route roux royal ruban rubis ruche rue ruisseau rythme sable sabot sac sage saison
salade salle salon samedi sandale sapin sardine satin sauce saule saumon saut savane savant savoir
savon scène science scie seau secret seigle sel selle semaine semelle sentier sept sésame seul
sève siècle sieste sifflet signe silence simple singe sirène sirop six ski société soeur sofa soie
soif soir sol soleil solide sombre sommeil sommet son sorbet sort souci souffle soupe source
sourcil sourire souris spirale sport square stade statue store studio stylo succès sucre sud sujet
surprise symbole tabac table tableau tablier tabouret tache taille tambour tamis tante tapir tapis
tarte tasse taupe taureau taxi téléphone temple temps tendre tennis tente terrain terrasse terre
têtard tête texte thé théâtre thon thym tiare ticket tigre tilleul timbre tir tiroir tissu titre
toile toit tomate tonneau tonnerre torrent tortue tour tournesol tourte trace tracteur train
traîneau trajet transat travail traversin trèfle treize trente trésor tribu tricot trio triton
troène trois trompette tronc trottoir trou troupeau truite tuba tube tuile tulipe tunnel turban
tuyau union unique univers usine utile vacances vache vague vaisselle valeur valise vallée valse
vanille vapeur vase vaste veau vedette veille vélo velours vendredi vent ventre ver verger vernis
verre vers vert veste vêtement viande vide vie vieux vif vigne village ville vin vinaigre violette
violon virage visage vison visite vite vitesse vitre vitrail voie voile voisin voiture voix vol
volcan volet volume voyage voyelle vrai vue wagon week yacht yaourt yoga zèbre zénith zéro zeste
zigzag zinc zone zoo
`
  .trim()
  .split(/\s+/u);
