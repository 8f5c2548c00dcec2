"""What a first name tells of a person: whether the name is usually a man's or a woman's.

The lists hold common given names of many languages, spelt as English-language news spells them; a name that is both
is in neither. They only rule a person out for "he" or "she": a title or a pronoun in the text says more.
"""

MALE = frozenset(
    "aaron abbas abdel abdul abdullah abraham adam adrian ahmad ahmed akira alan albert aldo alejandro aleksandr "
    "alexander alexei alexey alfred ali allan allen alonso alvaro amir amit anders andre andreas andrei andrej "
    "andres andrew andrey andrii andriy andrzej angus anthony anton antonio antti anwar arash archie ariel arjun "
    "armando arnold arthur arturo ashraf august augusto barack barry bart bartosz bashar ben benjamin bernard "
    "bernardo bernd bernie bert bill billy bjorn bob bobby bogdan boris boutros brad bradley brendan brett brian "
    "bruce bruno bryan byron calvin carl carlo carlos cecil cedric cesar charles charlie chen chris christian "
    "christoph christopher chuck clarence claude claudio clement clifford clinton clive colin conor cornelius "
    "craig curtis cyril damian damien dan daniel daniele danny dante darren dave david dean declan denis dennis "
    "derek desmond diego dieter dietmar dimitri dirk dmitri dmitriy dmitry dmytro dominic don donald doug douglas "
    "duncan dwight dylan earl ed eddie edgar eduard eduardo edmund edvard edward edwin egor eli elias elliot emil "
    "emilio emmanuel enrique enzo eric erik ernest ernesto ernst esteban ethan eugene evgeny ezra fabian faisal "
    "farid felipe felix ferdinand fernando fidel filip finn florian floyd francesco francisco franco francois "
    "frank franklin franz fred frederic frederick fredrik fritz gabor gareth garry gary gavin gennady geoff "
    "geoffrey george georg georges gerald gerard gerardo gerhard gianni gilbert giorgio giovanni giuseppe glen "
    "glenn gordon graeme graham greg gregor gregory grigory guido guillermo gunter gustav gustavo guy hakan hamid "
    "hamza hank hans harald harold harry harvey hasan hashim hassan hector heinrich heinz helmut hendrik henri "
    "henrik henry herbert herman hermann hiroshi horst howard hubert hugh hugo husain hussein ian ibrahim igor "
    "ihor ilya imran isaac isaiah ismail istvan ivan ivo jack jackson jacob jacques jaime jakob jakub james jamal "
    "jan janos jared jaroslaw jason javier jay jeb jeff jeffrey jens jeremy jerome jerry jesus jim jimmy joachim "
    "joao joaquin joe joel johan johann johannes john johnny jon jonas jonathan jorge jose josef joseph josh "
    "joshua juan jules julian julio junichi juri jurgen justin kai karel karim karl keith kenji kenneth kent "
    "kenny kevin khaled khalid kirill klaus konrad konstantin kurt kyle lance lars larry laurence laurent "
    "lawrence lech lee leo leon leonard leonid leopold leroy lester lewis liam linus lionel lloyd lorenzo lothar "
    "lou louis luc luca lucas luigi luis lukas luke maciej magnus mahmoud mahmud malcolm manfred manuel marc "
    "marcel marcelo marcin marco marcos marek mario marius mark marko markus martin marvin massimo mateo mateusz "
    "mathew matt matteo matthew matthias maurice mauricio max maxim maximilian mehdi mehmet melvin michael michal "
    "michel miguel mihai mikael mike mikhail milan milos miroslav mitch mitchell mitt mohamed mohammad mohammed "
    "moritz morris morten moses muhammad murray mustafa mykola narendra nathan nathaniel neil nelson nicholas "
    "nick nicolas nicolae niels nigel nikolai nikolay nikos nils noah noel norbert norman oleg oleksandr oleksiy "
    "oleksii oliver olivier omar omer orlando osama oscar oskar otto owen pablo paddy paolo pascal patrick paul "
    "paulo pavel pavlo pawel pedro per perry pete peter petr petro philip philipp philippe phillip pier pierre "
    "pieter piotr rafael rahul rainer ralph ramon ramzan raphael rashid raul ravi ray raymond recep reinhard rene "
    "reuben rex ricardo richard rick ricky rob robert roberto rodney rodrigo roger roland rolf roman ron ronald "
    "ronnie ross roy ruben rudolf rudy rupert rushi russell rustam ryan salim salman salvador salvatore sam samir "
    "samuel santiago saul scott sean sebastian sepp serge sergei sergey sergio serhii serhiy seth shane shaun "
    "shinzo sidney sigmar silvio simon solomon stan stanislav stanley stefan stefano steffen stephan stephane "
    "stephen steve steven stewart stuart sven sylvester taras tariq tayyip ted terence terrence terry thabo "
    "theodore theo thierry thomas tim timothy tobias toby todd tom tomas tomasz tommy tony torsten trevor tyler "
    "ulrich umberto uwe vaclav valentin valeri valery vasily vasyl vernon victor viktor vincent vincenzo vitali "
    "vitaly vito vlad vladimir vladislav volker volodymyr vyacheslav walter warren wayne werner wesley wilfred "
    "wilhelm will willem william willy winston wladyslaw wolfgang xavier yahya yasser yevgeny yuri yusuf yves "
    "zachary zbigniew zoltan".split()
)
FEMALE = frozenset(
    "abigail ada adela adele adriana agata agathe agnes agnieszka aisha alba aleksandra alena alessandra "
    "alexandra alexandria alice alicia alina alison allison alma amal amanda amber amelia amina amy ana anastasia "
    "andrea angela angelica angelina anita ann anna annabel annalena anne anneliese annette annie anya april "
    "arlene astrid audrey ava barbara beata beatrice beatrix becky belinda bernadette bertha beth bethany betsy "
    "betty beverly bianca birgit bonnie brenda briana bridget brigitte britta camila camilla candace carla carmen "
    "carol carolina caroline carolyn carrie cassandra catalina caterina catherine cathy cecilia celia celine "
    "charlene charlotte cheryl chiara chloe christa christiane christina christine cindy claire clara claudia "
    "clementine colette colleen connie constance cora cornelia cristina cynthia dagmar daisy dana daniela daphne "
    "daria dawn deborah debbie deirdre delia denise diana diane dina dolores donna dora doris dorothea dorothy "
    "edith edna eileen elaine eleanor elena eleni elisa elisabeth elise eliza elizabeth ella ellen eloise elsa "
    "elsie elvira emilia emily emma erica erika erin esmeralda esperanza esther eugenia eva eve evelyn ewa fatima "
    "fatma felicia felicity fernanda fiona flora florence frances francesca francoise frauke frederica frida "
    "gabriela gabriella gabrielle galina gemma genevieve georgia georgina geraldine gerda gertrude gianna gillian "
    "gina giorgia giulia gisela gladys gloria grace greta gretchen gudrun gwen gwendolyn hanna hannah hannelore "
    "harriet hazel heather heidi heike helen helena helene helga henrietta hilary hilda hillary hope huda ida "
    "ilse imelda ines inga inge ingrid irena irene irina iris isabel isabella isabelle ivana ivanka iwona "
    "jacqueline jana jane janet janice jasmine jeanette jeanne jelena jenna jennifer jenny jessica jill jo joan "
    "joanna joanne jocelyn johanna josefina josephine joy joyce juanita judith judy julia juliana julie juliet "
    "julieta june justine kamala karen karin karina karoline katarina kate katherine kathleen kathryn kathy katie "
    "katja katrin kayla kellyanne khadija kim kimberly kirsten kirstjen klara krista kristen kristin kristina "
    "krystyna laura lauren layla leah leila lena leonie leslie leticia leyla lidia lilian liliana lillian lily "
    "lina linda lisa liudmila livia lois lola lorena loretta lorraine louisa louise lucia lucille lucinda lucy "
    "luisa lydia lynn lyudmila mabel madeleine madeline magda magdalena maggie malala malgorzata manuela mara "
    "margaret margarita margit margot maria mariam mariana marianne marie marija marilyn marina marion marisa "
    "marjorie marlene marta martha martina mary maryam matilda maureen maya megan megyn meghan melania melanie "
    "melinda melissa mercedes meryl mia michaela michele michelle mildred mina miranda miriam moira molly mona "
    "monica monika monique myra nadia nadine nancy naomi natalia natalie natasha nathalie nicola nicole nigella "
    "nikki nina noemi nora norma odette olena olga olivia oksana ophelia pamela patricia patty paula pauline "
    "peggy penelope penny petra phoebe phyllis pilar polly priscilla priti priya rachel raisa ramona raquel "
    "rebecca regina renata renate rhonda rita roberta rosa rosalind rosalyn rosario rose rosemary roxana ruth "
    "sabina sabine sabrina sadie sally salma samantha samira sandra sara sarah sasha selena selma serena sharon "
    "sheila shelley sheryl shirley silvia simone sofia sonia sonja sophia sophie stacey stella stephanie susan "
    "susana susanna susanne suzanne svetlana sylvia sylvie tamara tanya tara tatiana tatyana teresa tessa thelma "
    "theresa therese tina toni tracy trudy ursula ulrike valentina valeria valerie vanessa vera verena verna "
    "veronica veronika victoria viktoria viola violet virginia vivian viviane wanda wendy whitney wilma winifred "
    "xenia yael yolanda yulia yuliya yvette yvonne zahra zainab zelda zoe zofia zsuzsanna".split()
) - {
    "andrea",
    "toni",
    "leslie",
    "kim",
    "sasha",
    "dana",
    "jo",
    "georgia",
    "charlotte",
    "virginia",
    "florence",
    "jasmine",
}


def gender(first_name: str) -> str:
    """Give 'm', 'f' or, where the name does not tell, ''."""
    name = first_name.lower()
    return "" if (name in MALE) == (name in FEMALE) else "m" if name in MALE else "f"


def is_first_name(word: str) -> bool:
    """Tell whether a word is a common first name."""
    return word.lower() in MALE or word.lower() in FEMALE
