/** Given names that are common in several areas; each line begins with the areas. The last part of `GIVEN_AREAS`. */
export const SHARED_GIVEN = `\
portuguese spanish: beatriz bernardo bruno camila carlos carolina eduardo fernando francisco gael gustavo jose liz
portuguese spanish: marcos mauricio miguel pedro rodrigo santiago
german nordic: birgit bjorn clara frida henrik ingrid jens karin margareta markus matthias ole rolf susanne theodor katrin
english spanish: amaia ariana elizabeth gianna jacob joan lilly matthew nathan nathaniel nicole samantha virginia
english french: alexis bernard catherine claire eric florence gerard jeremy michelle rose vincent xavier
arabic turkish: fatma hasan leyla malak murad musa mustafa yusuf zahra
italian spanish: alberto daniela emilio gloria lorenzo marco martina rosa
english french german: amy charlotte christine jacqueline patrick stephanie valerie
arabic israeli: abd charbel lian lyn mahmoud
italian portuguese spanish: antonio claudio luciano roberto sergio
arabic western: christian john marina peter sara
nordic spanish: alma august freja jon nils
balkan russian: boris igor viktor vladimir
dutch french: camille isabelle jules louise
english german: frank hannah henry ralph
arabic balkan: ahmed hamza hana
czech polish: jakub karolina michal
czech russian: ludmila natalia pavel
english finnish: ellen isla robin
english israeli: guy jonathan
english nordic spanish: adrian luna william
french german: brigitte florian raphael
french portuguese: alexandre ricardo tiago
french spanish: emmanuel nathalie nicolas
arabic central-asian: bilal muhammed usman
romanian russian: andrei maxim vlad
balkan czech: matej miroslav
balkan czech nordic: filip viktoria
balkan spanish: gabriela milena
dutch english french german: louis sophie
dutch english german: dennis finn
dutch german nordic: erik johannes
english french spanish: benjamin chloe
english german italian: barbara walter
english indian: kiara roy
english italian spanish: aurora monica
arabic english: ava mary
german hungarian polish: dominik lena
german italian spanish: matteo silvia
arabic israeli malay: ahmad nur
israeli western: david michael
italian portuguese: fabio matilde
arabic malay: mohamad mohd
arabic central-asian turkish: fatima omar
albanian balkan english german spanish: mateo
albanian balkan malay: amar
albanian english: joel
albanian english finnish romanian: amelia
albanian arabic english: aria
albanian finnish nordic: aron
albanian german portuguese spanish: luis
albanian hungarian: noel
armenian baltic western: anna
armenian english: karen
arabic armenian french: mariam
armenian georgian: davit
arabic armenian western: mark
armenian western: eva
balkan baltic: sofija
balkan baltic finnish portuguese spanish: marta
balkan czech dutch: milan
balkan czech dutch finnish french german italian nordic romanian spanish: sofia
balkan czech english finnish french german italian spanish: mia
balkan czech greek: katerina
balkan czech japanese: ema
balkan czech spanish: jana
balkan dutch english french german israeli italian nordic spanish: liam
arabic balkan dutch english french german israeli: mila
balkan english: niko
balkan english german nordic: lea
balkan finnish: oskar
balkan finnish german nordic: emil
balkan french german hungarian: lara
balkan georgian german spanish: luka
balkan georgian portuguese spanish: ana
balkan german nordic: jakob
balkan german polish: leon
arabic balkan central-asian israeli turkish: ali
balkan israeli nordic: noa
balkan italian portuguese: danilo
arabic balkan central-asian: amina
balkan polish: aleksandra
balkan portuguese: rita
balkan romanian: bogdan
balkan russian spanish: ivan
baltic czech finnish german: lukas
baltic dutch english french german hungarian italian nordic romanian spanish: emma
baltic german nordic: jonas
baltic spanish: paula
czech dutch english finnish french german nordic spanish: olivia
czech dutch german nordic polish spanish: jan
czech english: richard
czech english finnish hungarian nordic spanish: oliver
czech english french: julie
arabic czech french german: marie
czech german: josef
czech german nordic: petra
czech german nordic polish: monika
czech nordic: sofie
czech portuguese spanish: tomas
dutch english: kevin
dutch english french: juliette
dutch english french georgian german portuguese romanian spanish: gabriel
dutch english french german hungarian italian: luca
dutch english french german italian nordic portuguese spanish: noah
dutch english french german nordic spanish: ella
dutch english french german spanish: emily
dutch english french italian portuguese spanish: alice
dutch english french nordic portuguese spanish: lucas
dutch english french nordic spanish: oscar
dutch english french portuguese: arthur
dutch english nordic portuguese spanish: isabella
dutch english spanish: james
dutch german: hendrik
arabic dutch german nordic spanish: nora
arabic dutch: noor
dutch nordic: niels
dutch spanish: dylan
english finnish french german spanish: leo
english finnish french spanish: hugo
english finnish spanish: sandra
arabic english french german israeli: sarah
arabic english french: jessica
english french romanian spanish: victoria
english german greek portuguese spanish: sophia
english german italian spanish: valentina
english german nordic portuguese: theo
english german nordic spanish: emilia
english german spanish: ruth
english greek spanish: angela
arabic central-asian english indian israeli malay: muhammad
arabic english israeli nordic: maya
arabic central-asian english israeli: amir
central-asian english israeli: dana
english italian portuguese spanish: teresa
english korean: young
english portuguese spanish: patricia
english russian: eugene
finnish german israeli: elias
finnish german nordic: annika
finnish hungarian: ilona
finnish japanese: mika
arabic finnish: sami
finnish russian: alisa
french german hungarian spanish: zoe
french italian portuguese: leonardo
arabic french: pierre
french russian: denis
georgian german: nino
georgian hungarian: gabor
georgian israeli western: daniel
georgian romanian russian: anastasia
arabic german greek: christina
german greek nordic: andreas
german italian: mattia
german italian portuguese spanish: claudia
arabic german: mohammad
german nordic russian: anton
german polish: magdalena
german portuguese: andre
german portuguese spanish: rafael
german romanian russian: alexandra
greek russian: michail
hungarian polish russian: hanna
indian malay: sri aditya
arabic indian: sameer
indian portuguese: ravi
israeli japanese: dan
arabic israeli malay turkish: maryam
arabic israeli malay turkish western: adam
arabic israeli turkish: ibrahim
arabic israeli western: george
israeli nordic spanish: leah
israeli portuguese: aline
central-asian israeli: ayala
israeli turkish: omer
italian portuguese romanian spanish: cristina
japanese polynesian: hina
central-asian malay: umar
arabic portuguese: ines
polish spanish: maja
central-asian russian: ruslan
spanish turkish: raul
central-asian turkish: aylin
balkan dutch german nordic: stefan
arabic armenian israeli nordic western: maria
english israeli malay: ari
israeli malay spanish: lia
balkan dutch french german malay: lina
english german indian malay spanish: anita
japanese malay: rina
`
