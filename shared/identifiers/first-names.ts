/**
 * First names common in the United Kingdom over the last sixty years, written down from general knowledge of what
 * families here call their children; no register or data set was copied. Without accents: words are looked up with
 * theirs taken off. A name that is missing is still found behind a title or a kin word.
 */

const ENGLISH = `
Aaron Abbie Abby Abigail Ada Adam Addison Adele Adrian Adrianna Agatha Agnes Aidan Aiden Aimee Ainsley Alan
Alana Alastair Albert Albie Alex Alexander Alexandra Alexandria Alexia Alexis Alf Alfie Alfred Alice Alicia
Alisha Alison Alistair Allan Allen Allie Allison Ally Alma Althea Alvin Aly Alyssa Amanda Amelia Amelie Amy
Anabelle Anastasia Andrea Andrew Andy Angela Angelica Angelina Anita Ann Anna Annabel Annabelle Anne Annette
Annie Anthea Anthony Antonia Antony Anya Arabella Archibald Archie Ariana Arianna Arlo Arnold Arran Arthur
Arwen Ashleigh Ashley Ashlyn Ashton Athena Aubrey Audra Audrey Ava Avery Ayden Bailey Barbara Barnaby Barney
Barry Bartholomew Baz Beatrice Beatrix Becca Beckie Becky Belinda Bella Ben Benedict Benjamin Bennie Benny
Bernadette Bernard Bernice Bernie Bert Bertie Bertram Bess Bessie Beth Bethan Bethany Betsy Bettina Betty
Bev Beverley Beverly Bex Bianca Billie Billy Blake Bob Bobbie Bobby Bonnie Boris Brad Braden Bradley Brady
Brandon Brayden Breanna Bren Brenda Brendan Brendon Brett Brian Briana Brianna Bridget Bridie Brittany Brody
Brogan Brooke Brooklyn Bruce Bruno Bryan Bryce Bryony Byron Caitlin Caleb Callie Callum Calum Calvin Cameron
Camilla Candace Candice Caoimhe Cara Caris Carl Carla Carlos Carly Carmel Carmen Carol Carole Caroline
Carolyn Carrie Carter Carys Casey Caspar Casper Cassandra Cassidy Cassie Cath Catherine Cathryn Cathy Caz
Cecelia Cecil Cecilia Cecily Cedric Celeste Celia Celina Celine Chad Chantal Chantelle Charis Charlene
Charles Charley Charlie Charlotte Charmaine Chelsea Chelsey Chelsie Cheryl Cheyenne Chloe Chris Chrissie
Chrissy Christa Christabel Christina Christine Christopher Christy Ciara Cilla Cindy Claire Clara Clare
Clarence Clarissa Clark Claude Claudette Claudia Clayton Clement Clementine Clifford Clifton Clint Clinton
Clive Clyde Coby Cody Colby Colette Colin Colleen Connie Connor Conor Conrad Constance Cooper Cordelia Corey
Corinne Cory Courtney Craig Crispin Curtis Cynthia Cyril Daisy Daley Damian Damien Damon Dan Dana Danica
Daniel Daniela Daniella Danielle Danni Dannii Danny Daphne Darcey Darcie Darcy Daren Darius Darla Darlene
Darrell Darren Darryl Daryl Dave David Davina Dawn Dawson Dayton Daz Deanna Deanne Deb Debbie Debora Deborah
Debra Deirdre Delia Delilah Della Delphine Demi Denis Denise Dennis Denzel Derek Derrick Desiree Desmond
Dexter Diana Diane Dianne Dillon Dina Dinah Dionne Dolores Dominic Dominique Donald Donna Donovan Doreen
Doris Dorothy Doug Dougie Douglas Duane Dulcie Duncan Dustin Dwayne Dylan Eamon Eddie Eddy Eden Edgar Edie
Edith Edmund Eduardo Edward Edwin Effie Eileen Elaine Eleanor Eleanora Elena Eli Eliana Elias Elijah Elinor
Eliot Elisa Elisabeth Elise Eliza Elizabeth Ella Elle Ellen Ellena Ellie Elliot Elliott Ellis Elodie Eloise
Elouise Elsa Elsie Elspeth Elton Elvis Emelia Emerson Emilia Emilie Emily Emma Emmanuel Emmeline Emmett Enid
Enzo Eric Erica Erick Erik Erika Erin Ernest Esmae Esme Esmee Esmeralda Estelle Esther Ethan Ethel Etta
Eugene Eugenie Eunice Eva Evan Evangeline Evelyn Everett Everly Evie Ezra Fabian Fay Faye Felicity Felix
Fergus Finlay Finley Finn Finnley Fiona Fletcher Fleur Fliss Flo Florence Florrie Floyd Forrest Fran Frances
Francesca Francine Francis Frankie Franklin Fraya Freda Freddie Freddy Frederica Frederick Freya Gabby Gabi
Gabriel Gabriella Gabrielle Gail Gareth Garry Gary Gavin Gaynor Gaz Gemma Genevieve Geoff Geoffrey George
Georgia Georgie Georgina Gerald Geraldine Gerard Gerry Gertrude Gianna Gideon Gilbert Giles Gillian Gina
Giovanni Giselle Gladys Glen Glenda Glenn Glenys Gloria Gordon Grady Graeme Graham Grayson Greg Gregory
Greta Gretchen Gus Gwen Gwendolyn Hadley Hailey Hallie Hamish Hank Hannah Hannelore Harley Harold Harriet
Harrison Harry Harvey Hattie Hayden Haydn Hayley Hazel Heidi Helen Helena Henrietta Henry Herbert Herman
Hermione Hester Hetty Hilary Hilda Holly Horace Howard Howie Hudson Hugh Hugo Humphrey Ian Ianthe Immy
Imogen Ines Ingrid Iona Ira Irene Iris Irma Isaac Isabel Isabella Isabelle Isadora Isaiah Isla Ismay Isobel
Isobelle Issac Issy Ivan Ivor Ivy Izabelle Izzy Jace Jacinta Jack Jackie Jackson Jacob Jacqueline Jacqui
Jada Jade Jaden Jadon Jagger Jaime Jaimie Jake Jakob James Jamie Jana Jane Janelle Janet Janice Janie Janine
Jared Jarvis Jasmine Jason Jasper Jax Jaxon Jaxson Jay Jayce Jayda Jayden Jayla Jaylen Jayne Jayson Jean
Jeanette Jeanie Jeannette Jeannie Jed Jeff Jeffrey Jemima Jemma Jen Jenna Jennie Jennifer Jenny Jenson
Jeremiah Jeremy Jermaine Jerome Jerry Jess Jessica Jessie Jez Jill Jillian Jim Jimmy Jo Joan Joanie Joann
Joanna Joanne Jocelyn Jodi Jodie Jody Joe Joel Joelle Joey John Johnathan Johnnie Johnny Jolene Jon Jonah
Jonas Jonathan Jonathon Jonny Jordan Jordana Jordon Joseph Josephine Josh Joshua Josiah Josie Joyce Jude
Judith Judy Jules Julia Julian Juliana Julianne Julie Juliet Juliette Julius Justin Justine Kacey Kaci Kacie
Kai Kaiden Kailey Kaitlin Kaitlyn Kaleb Kane Kara Karen Karina Karl Karla Kasey Kat Kate Katelyn Katerina
Kath Katharine Katherine Katheryn Kathleen Kathryn Kathy Katie Katrina Katy Katya Kay Kayden Kayla Kaylee
Kayleigh Keanu Keaton Keegan Keelan Keeley Keely Keira Keiran Keith Kellie Kelly Kelsey Kelsie Kelvin Ken
Kendall Kendra Kendrick Kenneth Kenny Kenzie Kerri Kerrie Kerry Kev Kevin Kian Kiana Kiara Kiera Kieran
Kieron Kim Kimberley Kimberly Kingsley Kira Kirk Kirsten Kirstie Kirstin Kirsty Kobi Koby Kody Korey Kris
Krista Kristian Kristin Kristina Kristine Kristopher Kristy Kurt Kurtis Kye Kyla Kyle Kylie Kym Kyra Kyran
Kyron Lacey Lacie Laila Lainey Lana Lara Larissa Larry Latisha Laura Lauren Laurence Lauretta Laurie Lauryn
Lawrence Lawson Layla Layton Leah Leanna Leanne Leanora Lee Leela Leia Leigh Leighton Leila Len Lena Lennie
Lennon Lennox Lenny Leo Leon Leona Leonard Leonardo Leonie Leonora Leroy Les Lesley Leslie Lester Letitia
Lettie Levi Lewis Lex Lexi Lexie Leyla Leyton Liam Libby Lil Lila Lilah Lilian Lilianna Lillia Lillian
Lillie Lilly Lily Linda Lindsay Lindsey Linsey Linus Lionel Lisa Lisette Liv Livia Liz Liza Lizzie Lloyd
Lochlan Logan Lois Lola Lora Loraine Loren Lorenzo Loretta Lorna Lorraine Lottie Lou Louie Louis Louisa
Louise Lourdes Lucas Lucia Lucian Luciana Lucie Lucille Lucinda Lucy Luis Luisa Luka Lukas Luke Luna Luther
Lydia Lyla Lyle Lyn Lynda Lyndon Lyndsay Lyndsey Lynette Lynn Lynne Lynsey Lyra Mabel Mable Macie Mackenzie
Macy Maddie Maddison Maddox Madeleine Madeline Madison Mae Maeve Magda Magdalena Maggie Maisey Maisie Maizie
Malachi Malachy Malcolm Malik Mallory Mandy Manuel Mara Marc Marcella Marcia Marco Marcus Margaret Margery
Margie Margot Marguerite Maria Mariah Marian Mariana Marianne Marie Marietta Marilyn Marion Marisa Marissa
Marjorie Marlene Marley Marlon Marlowe Marnie Marsha Martha Martin Martina Martine Martyn Marvin Mary Mason
Mateo Matilda Matt Matteo Matthew Mattie Maud Maude Maura Maureen Maurice Mavis Maxim Maxine Maxwell Maya
Maz Meagan Meg Megan Meghan Mel Melanie Melinda Melissa Melvin Melvyn Meredith Merryn Mervyn Mia Mica Micah
Michael Michaela Micheal Michele Michelle Mick Mickey Miguel Mikayla Mike Mikey Mila Mildred Miley Millicent
Millie Milly Milo Mimi Mina Minnie Mira Miranda Miriam Mitch Mitchell Moira Mollie Molly Mona Monica Monique
Monty Morag Morgan Moriah Morris Moses Muriel Murray Mya Myah Myla Myles Myra Myrtle Nadia Nadine Nancy
Naomi Natalia Natalie Natasha Nate Nathan Nathanael Nathaniel Ned Neil Nell Nellie Nelly Nelson Nerys Nev
Neve Neville Niall Nicholas Nick Nicky Nicola Nicolas Nicole Nicolette Nigel Nikita Nikki Nina Noah Noel
Noelle Nola Nora Norah Norma Norman Norris Oakley Octavia Odette Oliver Olivia Ollie Olly Ophelia Orla
Orlando Orson Oscar Osian Oswald Otis Owen Paige Pamela Paris Parker Patrice Patricia Patrick Patsy Patti
Patty Paul Paula Paulette Paulina Pauline Pedro Peggy Penelope Percy Perry Pete Peter Petra Petula Phil
Philip Philippa Phillip Phillipa Phoebe Phoenix Phyllis Piers Piper Pippa Polly Poppy Portia Presley
Primrose Priscilla Quentin Quincy Quinn Rach Rachael Rachel Rachelle Rae Raegan Ralph Ramon Ramona Randall
Raphael Raquel Raul Ray Raymond Reagan Rebecca Rebekah Reece Reggie Reginald Reid Reilly Rene Renee Reuben
Rhea Rhian Rhiannon Rhoda Rhona Rhonda Rhys Ria Ricardo Richard Richie Rick Rickie Ricky Rico Riley Rita
Robbie Robert Roberta Roberto Robin Robyn Rochelle Roderick Rodger Rodney Roger Roisin Roland Rolf Ron
Ronald Ronan Ronnie Rory Ros Rosa Rosalie Rosalind Rosalyn Rosanna Rosanne Roseanne Roselyn Rosemary Rosie
Rosina Roslyn Ross Rowan Rowena Roxanne Roxy Roy Royston Ruben Ruby Rudy Rufus Rupert Russell Ruth Ryan
Ryder Ryley Sabrina Sadie Sally Salvador Sam Samantha Sammie Sammy Samson Samuel Sandra Sara Sarah Sascha
Sasha Saskia Saul Savanna Savannah Scarlet Scarlett Scott Sean Sebastian Selena Selina Selma Seren Serena
Sergio Seth Shane Shanelle Shania Shanice Shannen Shannon Shari Sharon Sharron Shaun Shauna Shawn Shay
Shayla Shayne Shaz Shea Sheena Sheila Shelby Sheldon Shelley Shelly Sheree Sheridan Sherri Sheryl Shirley
Shona Sian Sid Sidney Siena Sienna Sierra Silas Simeon Simon Simone Sinead Skye Skyla Skylar Skyler Sofia
Solomon Sonia Sonja Sonny Sonya Soph Sophia Sophie Spencer Stacey Staci Stacie Stacy Stan Stanley Stefan
Stefanie Stella Steph Stephan Stephanie Stephen Steve Steven Stevie Stewart Stuart Sue Susan Susanna
Susannah Susanne Susie Suzanna Suzanne Suzie Suzy Sybil Sydney Sylvester Sylvia Sylvie Tabitha Talia
Tallulah Talulah Tamara Tamia Tamika Tammy Tamsin Tania Tanisha Tanya Tara Taryn Tasha Tate Tatiana Tatum
Taya Taylah Taylor Ted Teegan Tegan Terence Teresa Teri Terrance Terrence Terri Tess Tessa Tez Thea Thelma
Theo Theodora Theodore Theresa Therese Thomas Tia Tiana Tiegan Tiffany Tilda Tilly Tim Timmy Timothy Tina
Tobias Tobin Toby Todd Tom Tomas Tommy Toni Tonia Tony Tonya Tori Torin Tracey Traci Tracie Tracy Travis
Trent Trevor Tricia Trina Trish Trisha Tristan Troy Trudi Trudy Tyler Tyra Tyrell Tyrese Tyrone Tyson Uma
Una Ursula Valentina Valentine Valerie Vanessa Vera Verity Vernon Veronica Vicki Vickie Vicky Victor
Victoria Vikki Vince Vincent Viola Violet Virginia Viv Vivian Vivien Vivienne Wallace Walter Wanda Warren
Wayne Wendy Wes Wesley Whitney Wilbur Wilf Wilfred Wilhelmina Willem William Willis Willow Wilma Wilson
Winifred Winnie Winston Xander Xanthe Xavier Yasmin Yasmine Yolanda Yvette Yvonne Zac Zach Zachariah Zachary
Zack Zak Zander Zane Zara Zayn Zelda Zena Zoe Zoey Zola Zuri
`
const WELSH_IRISH_SCOTTISH = `
Ailbhe Aileen Ailidh Ailish Ailsa Aine Aisling Aislinn Alasdair Aled Alick Allana Alun Alwyn Alys Aneirin
Aneurin Angharad Angus Anwen Aodhan Aoife Athol Awel Bairbre Bedwyr Berwyn Blair Blathnaid Branwen Brid
Brigid Brodie Bronwen Bronwyn Bryden Bryn Cahal Cahir Cailean Cailin Cairbre Caitriona Callan Caolan Caradog
Caron Cathair Cathal Catrin Catriona Ceri Ceridwen Cerith Cerys Cian Ciaran Cillian Cliona Clionadh Clodagh
Colm Colum Conall Cora Cormac Corrie Cuan Dafydd Dai Daire Daithi Dara Darragh Deaglan Dearbhla Declan Deian
Delyth Dermot Dervla Dewi Diarmaid Diarmuid Dilwyn Dilys Donal Donnacha Donncha Dougal Drummond Dyfan Eabha
Eifion Eilidh Eilir Eilis Eimear Eimer Eira Eirian Eirlys Elan Eleri Elfed Elgan Elin Eluned Emer Emlyn
Emrys Emyr Enda Enfys Eoghan Eoin Esyllt Euan Eurwen Ewan Ewen Fachtna Feargal Fearghal Feargus Fenella
Fergal Ffion Fflur Fiachra Fidelma Findlay Finella Fingal Fintan Fionn Fionnlagh Fionnuala Fionnula Gaenor
Garbhan Geraint Gerallt Gethin Gillies Glesni Glyn Glyndwr Grainne Greer Gregor Gruff Gruffudd Gruffydd Guto
Gwenan Gwenda Gwenllian Gwenno Gwilym Gwion Gwyn Gwyneth Gwynfor Hafwen Heather Hefin Heledd Heulwen Huw
Hywel Iain Iarlaith Idris Iestyn Ieuan Ifan Ifor Illtyd Innes Ioan Iolo Iorwerth Isbel Iwan Jarlath Keelin
Kirsteen Lachie Lachlan Laoise Leri Llew Llewellyn Llewelyn Llinos Llyr Lorcan Lowri Macsen Madog Mair
Mairead Mairi Mairin Mali Manon Mared Maredudd Mari Marsaili Meabh Meadhbh Meinir Meirion Menna Mererid
Meurig Mhairi Mihangel Mirren Morfydd Morven Morwenna Muireann Muiris Mungo Murdo Murtagh Myfanwy Neilina
Nesta Nia Niamh Niven Nuala Odhran Oisin Olwen Oonagh Orlagh Orlaith Owain Padraic Padraig Padraigh Paudie
Peadar Peigi Phelim Proinsias Ramsay Rhianwen Rhodri Rhuaridh Rhun Rhydian Rioghnach Riona Roise Rona
Ruaidhri Ruairi Ruairidh Ruaridh Sadhbh Saoirse Seamas Seamus Senan Senga Seonaid Seosamh Sheelagh Sheona
Sholto Shonagh Sile Siobhan Sion Sioned Siwan Sorcha Steffan Struan Tadhg Tavish Tegwen Tiarnan Tiernan
Tirion Tomos Torquil Treasa Trefor Tudur Turlough Ultan Wyn
`
const SOUTH_ASIAN = `
Aabid Aadam Aadil Aaliyah Aamina Aaminah Aamir Aanya Aarav Aarti Aarush Aarya Aayan Aayushi Abhay Abhijit
Abhishek Adarsh Adeel Adil Aditi Aditya Advik Afia Afreen Afsana Ahsan Aisha Ajay Ajit Akash Akhil Akhtar
Akshay Alka Aman Amandeep Amarjit Amarpreet Ambika Ameera Ameerah Ameet Amira Amirah Amisha Amit Amita Amjad
Amna Amrit Amrita Amritpal Anand Ananya Anaya Aneesa Aneesah Angad Anil Anisa Anisah Anish Anjali Anjana
Anjum Ankit Ankita Ankur Anoop Anu Anuj Anupam Anuradha Anusha Anushka Apurva Aqib Aqsa Archana Areeba Arfan
Arif Arjan Arjun Armaan Arnav Arooj Arpita Arshad Arti Arun Aruna Arundhati Arvind Asad Asha Ashfaq Ashish
Ashok Ashwin Asif Asim Asma Atif Atul Avani Avinash Ayaan Ayan Ayana Ayat Ayesha Ayisha Ayman Ayra Ayush
Azeem Azhar Baldev Baljinder Baljit Balraj Balvinder Balwinder Bhavesh Bhavika Bhavin Bhavini Bhavna
Bhupinder Bikram Binod Bishal Chandni Chandra Charanjit Chetan Chirag Daljit Danish Darshan Davinder Deepa
Deepak Deepika Deepti Dev Devi Devika Dhruv Dilip Dilpreet Dilraj Dimple Dinesh Dipa Dipak Dipesh Dipti
Divya Diya Durga Ekta Eshaal Eshal Eshan Faheem Faisal Faiza Faizah Faizal Faizan Farah Fareed Farha Farhan
Farheen Farida Farooq Farzana Fatema Fatima Fatimah Fiza Gagandeep Ganesh Gaurav Gauri Gayatri Geeta Gita
Gobind Gopal Gulshan Gurdeep Gurdip Gurjit Gurleen Gurmeet Gurnam Gurpreet Gursharan Gurvinder Hafsa Hafsah
Haider Hamza Hamzah Hardeep Hardik Hari Harinder Haris Harish Harjinder Harjit Harleen Harman Harmanpreet
Harmeet Haroon Harpreet Harsh Harsha Harshil Harvinder Hema Hemant Hetal Himanshu Hina Hira Hiral Huma
Humaira Humza Iffat Iftikhar Ikra Ilyas Imraan Imran Inaaya Inaya Inayah Inderjit Indira Indra Insha Iqbal
Iqra Irfan Isha Ishaan Ishaaq Ishan Ishika Ishita Ishrat Jagdeep Jagdish Jaginder Jagjit Jahanara Jai Janaki
Jannat Jasbir Jasdeep Jasjit Jasleen Jasmeet Jaspal Jaspreet Jasvinder Jaswinder Javaid Javed Javeria Jaya
Jayant Jayesh Jayshree Jeevan Jigar Jigna Jignesh Jitendra Jitesh Joginder Juhi Junaid Juwairiyah Jyoti
Jyotsna Kabir Kainat Kajal Kalpana Kamal Kamala Kamaljit Kamini Kamlesh Kamran Karam Karan Karanveer
Karishma Karthik Kartik Kashif Kaushik Kavita Kavya Ketan Khadija Khadijah Khalid Kiran Kirandeep Kirit
Kirpal Kishan Kishore Komal Krish Krisha Krishan Krishna Krupa Kuldeep Kuldip Kulvinder Kulwant Kulwinder
Kumar Kunal Kushal Lakhbir Lakhvinder Lakshmi Lalita Lata Laxmi Lina Madhav Madhavi Madhu Madhuri Maha
Mahesh Mahi Mahima Mahira Mahmood Mahmuda Mahnoor Maliha Malika Mandeep Mandip Maneesh Mangal Maninder
Manish Manisha Manjeet Manjinder Manjit Manju Manjula Manmeet Manoj Manpreet Manraj Mansoor Manveer Mariam
Mariyah Maryam Masood Meena Meenakshi Meera Megha Mehak Mehboob Mehmood Mehreen Mehul Mehwish Milan Minal
Minesh Misbah Mitesh Mohan Mohinder Mohit Mohsin Monika Monisha Mubarak Mudassar Mukesh Mukhtar Muneeb Munir
Musa Mushtaq Nabeel Nabeela Nabila Nadeem Naeem Nafisa Naheed Nahid Naila Naima Naina Nalini Namita Namrata
Nandini Narendra Naresh Narinder Naseem Nasir Nasreen Nasrin Navdeep Naveed Naveen Navjot Navneet Nawaz
Nazia Nazma Nazmin Neel Neelam Neelima Neena Neeraj Neeta Neetu Neha Nidhi Nihal Niharika Nikesh Nikhil
Nilam Nilesh Nimisha Nimra Nirav Nirmal Nirmala Nisha Nishant Nishat Nishi Nitesh Nitin Nitya Nusaybah
Nusrat Omkar Padma Pallavi Pankaj Parag Param Paramjit Paresh Parminder Parth Parul Parveen Parvez Parvinder
Pavan Payal Pooja Poonam Prabhjot Prachi Pradeep Prakash Pramod Pranav Praneet Prashant Pratik Praveen
Pravin Preetha Preeti Prem Prerna Pritesh Priti Pritpal Priya Priyanka Puja Punam Puneet Purnima Purvi Qasim
Quratulain Rabia Radha Radhika Rafiq Raghav Rahat Raheel Rahila Rahim Rahima Rahul Raisa Raj Raja Rajan
Rajeev Rajesh Rajinder Rajiv Rajni Rajpal Rajvir Rajwinder Rakesh Rakhi Ram Raman Ramandeep Ramesh Raminder
Rana Rani Ranjan Ranjit Ranveer Rashid Rashida Rashmi Ravi Ravina Ravinder Ravneet Reema Reena Reeta Rehan
Rehana Rehman Rekha Renu Reshma Reva Riaz Ridhi Rimsha Rina Rishabh Rishi Ritesh Ritika Ritu Riya Rizwan
Rizwana Rohan Rohini Rohit Romana Roshan Roshni Rubina Ruchi Ruhi Rukhsana Rukhsar Rumana Rupa Rupal
Rupinder Rushil Saad Saanvi Sabah Sabiha Sabina Sachin Sadaf Sadia Safa Safia Safiya Safiyah Sagar Sahar
Sahib Sahil Saif Saima Saira Sairah Sajid Sajida Sakina Sakshi Saleem Saleha Salim Salma Salman Saloni
Samaira Samar Sameena Sameer Sameera Samina Samir Samira Sana Sandeep Sandhya Sandip Sangeeta Sanjana Sanjay
Sanjeev Sanjiv Sanya Sapna Sarabjit Sarala Saraswati Sarfraz Sarika Sarita Sarwar Satinder Satish Satnam
Satpal Satwinder Saurabh Savita Sayed Seema Seher Sejal Shaan Shabana Shabir Shabnam Shafiq Shahbaz Shaheen
Shahid Shahida Shahin Shahnaz Shahzad Shaista Shakeel Shakil Shakila Shalini Shamim Shamima Shamsa Shanaya
Shankar Shanti Sharan Sharda Sharmila Shashi Shazia Sheetal Shehnaz Shilpa Shital Shiv Shivam Shivani Shoaib
Shobha Shreya Shruti Shubham Shyam Siddharth Sidra Simarjit Simran Simranjit Sita Smita Sneha Sobia Sohaib
Sohail Soham Sonal Sonali Sonam Subhan Subhash Sucha Sudha Sudhir Sufyan Sukhbir Sukhdeep Sukhdev Sukhjit
Sukhpreet Sukhraj Sukhvinder Sukhwinder Suleman Sultana Sumaira Sumaiya Suman Sumit Sumita Sunaina Sundeep
Suneeta Sunil Sunita Supriya Suraj Surbhi Surekha Surendra Suresh Surinder Surjit Surya Sushil Sushila
Sushma Swapna Swati Syed Syeda Tahir Tahira Tahmina Taimur Tajinder Talha Tanmay Tanveer Tanvi Tanzeel
Tanzila Tariq Tarun Taslima Tasneem Tayyab Tayyaba Tehmina Tejal Tejas Trishna Tulsi Tushar Uday Ujala
Ujjwal Umair Umar Umesh Umme Unaiza Urmila Urvashi Usha Usma Usman Uzair Uzma Vaishali Vandana Vanita Varsha
Varun Veena Veer Venkat Vibha Vidya Vignesh Vihaan Vijay Vijaya Vikas Vikash Vikesh Vikram Vimal Vimala
Vinay Vineet Vinita Vinod Vipul Viraj Viral Virender Vishal Vishnu Vivek Waheed Waheeda Wajid Waqar Waqas
Waseem Wasim Yash Yashvi Yasmeen Yogesh Yuvraj Zafar Zaheer Zahid Zahida Zahra Zaid Zain Zaina Zainab
Zakariya Zaki Zakir Zareen Zarina Zeba Zeenat Zeeshan Zia Zimal Zoya Zubaida Zubair Zulfiqar Zunaira
`
const ARABIC_TURKISH_PERSIAN = `
Abbas Abdallah Abdi Abdifatah Abdikarim Abdirahman Abdirizak Abdul Abdulaziz Abdulkadir Abdulla Abdullah
Abdullahi Abdulrahman Abdur Abed Abu Abubakar Adel Adnan Ahlam Ahmad Ahmadullah Ahmed Ahmet Aiman Akram Alaa
Ali Alia Aliya Aliyah Amal Amani Amar Ameen Ameena Amer Amin Amina Aminah Amir Ammar Amr Anas Anwar Arash
Arda Asiya Aslan Asmaa Atiya Aya Ayaz Ayca Ayla Aylin Ayoub Ayse Ayub Azad Azadeh Aziz Aziza Bahar Baran
Bashir Basma Bassam Behrouz Behzad Berat Berfin Berivan Beyza Bijan Bilal Burak Burhan Cem Cemal Ceren Dalal
Dalia Dania Darya Defne Deniz Dilan Dilara Diyar Duygu Ebrahim Ebru Ece Ecrin Elif Emad Eman Emine Emir Emre
Erdem Erkan Esin Esmatullah Esra Eylul Eymen Fadi Faduma Fadumo Fahad Fahima Faramarz Farhad Farid Fariha
Faris Farshid Farzad Fathia Fatma Fawzia Fayez Fereshteh Ferhat Firat Fouad Fuad Furkan Ghada Ghassan Gizem
Golnaz Goran Gulalai Habib Habiba Hadi Hadiya Hajar Hajra Hakan Hakim Halil Halima Halimah Hamad Hamdi
Hameed Hameedullah Hamid Hamidullah Hana Hanaa Hanan Hani Hania Hanin Haniya Hasan Hashim Hasret Hassan
Hatem Hatice Havin Hawa Hayat Heba Hekmat Hevin Hiba Hibo Hicham Hind Hiwa Hodan Huda Hudayfah Husain
Huseyin Husna Hussain Hussein Ibraheem Ibrahim Ibtisam Idil Ifrah Ihsan Ikram Ilham Ilhan Ilker Imaan Inas
Isa Isam Ismaeel Ismail Ismet Isra Israa Issa Jabir Jabril Jafar Jalal Jamal Jamil Jamila Jawad Jawahir
Jawid Jibril Jinan Jiyan Jumana Kaan Kareem Karim Karima Kaveh Kawthar Kemal Kerem Khaled Khalifa Khalil
Khatera Khawla Khosrow Ladan Laith Laleh Lamia Latif Latifa Layan Leen Liban Lubna Lujain Luqman Mahad
Mahamed Mahdi Maher Mahir Mahmoud Mahsa Majid Manal Mansour Marwa Marwan Maryama Masoud Maysa Mehdi Mehmed
Mehmet Mert Merve Meryem Mesut Metin Mirwais Mohamad Mohamed Mohammad Mohammed Mohamud Mohannad Mohsen
Mojgan Mounir Muath Muaz Muhamed Muhammad Muhammed Muhsin Muna Munira Murat Mustafa Mustapha Nabil Nada
Nadim Nadir Nadira Nahla Naim Najah Najib Najibullah Najma Najwa Nasra Nasrullah Nasser Nawal Nazanin Nazim
Nazli Negar Nermin Niloufar Nima Nizar Noor Nour Noura Nuha Nur Nura Omar Omer Omid Orhan Osama Osman Othman
Ozan Ozge Ozlem Parisa Parvin Payam Pinar Qamar Rabi Raed Rafeef Raghad Rahaf Rahma Rahmah Rahmatullah Rami
Ramiz Rania Ranya Rasha Rashad Rasheed Rawan Razan Rebin Rebwar Reem Reham Reza Rima Riyad Roda Roya Rozhin
Ruqaya Ruqayyah Ruwayda Saber Sabri Sabrin Sadiq Sadiya Saeed Safwan Sagal Sahra Salam Salem Salwa Saman
Samaneh Sami Samia Samiha Samiya Sanaa Sarhad Sarra Sedat Sediqa Selim Selin Serdar Serhat Serkan Sevda
Shadi Shafiqullah Shahram Shakira Shams Sharif Shayma Shaymaa Shilan Shirin Shiva Siavash Sibel Sihaam Siham
Simin Soheil Soraya Soroush Suad Suhail Suhaila Suhayb Suhayla Sulaiman Suleiman Sumaya Sumayya Sumayyah
Sundus Taha Talal Tamer Tarek Tasnim Tolga Tugba Tuncay Ubah Umaymah Umut Usama Usamah Volkan Wael Wafa
Waheedullah Wahid Waleed Walid Warda Wissam Yagmur Yahia Yahya Yalda Yaqoob Yaqub Yara Yaseen Yasemin Yasin
Yasir Yasser Yazan Yilmaz Younis Yousef Yousif Youssef Yunus Yusef Yusra Yusuf Zabihullah Zahir Zahraa
Zakaria Zakariyya Zalmai Zamzam Zarmina Zayd Zayn Zaynab Zehra Zeinab Zeyad Zeynep Ziad Ziyad Zozan
`
const AFRICAN_CARIBBEAN = `
Abena Abeni Abimbola Abiola Abosede Adaeze Adaku Adanna Adaora Adebayo Adedayo Adedoyin Adeola Adeolu
Aderonke Adesola Adetokunbo Adetola Adewale Adeyemi Adjoa Afua Agyeman Akeem Akin Akinyi Akosua Akua Akwasi
Alieu Amadi Amadou Amara Amarachi Aminata Amobi Aniekan Antwan Anuoluwapo Asante Asantewaa Aster Awa Ayinde
Ayo Ayodele Ayomide Ayotunde Azubuike Babajide Babatunde Bamidele Binta Boakye Bola Bolaji Bolanle Bolu
Boluwatife Bukola Bunmi Camille Chevonne Chiamaka Chiara Chibueze Chibuike Chibuzo Chidera Chidi Chidiebere
Chidimma Chidinma Chiedza Chigozie Chijioke Chika Chike Chikondi Chimamanda Chinedu Chinelo Chinenye
Chinonso Chinwe Chinyere Chioma Chipo Chisom Chizoba Chukwudi Chukwuemeka Chukwuma Dalitso Damilola Damola
Danai Dante Darnell Dayo DeAndre Dejuan Delroy Demarcus Demba Deon Deshawn Desta Destinee Dumisani Dunsin
Dwain Ebele Ebere Ebrima Ebuka Efe Efua Ejiro Ekene Ekow Ekua Emeka Eniola Errol Esi Esinam Everton Eyob
Ezinne Farai Fatou Fatoumata Femi Fiifi Filmon Fisayo Foday Fola Folake Folarin Folasade Freweini Funmi
Funmilayo Furaha Gamuchirai Garfield Gebre Glenroy Hanna Hermon Ibironke Idowu Ifeanyi Ifeoma Ifunanya
Ikechukwu Ikenna Iniobong Isatou Iyabo Jabulani Jahmal Jamaal Jamar Jelani Jevon Jide Jomo Kadeem Kadiatu
Kadisha Kagiso Kamau Kehinde Keisha Kelechi Kemar Kemi Keshia Khadijatou Kibrom Kobina Kofi Kojo Kudakwashe
Kudzai Kunle Kwabena Kwadwo Kwaku Kwame Kwasi Kweku Kwesi Kymani Lamar Lamin Latoya Lerato Lindiwe Maame
Makena Mamadou Mandla Mariama Mbali Mehret Meron Modou Mojisola Monifa Moyosore Mulugeta Munashe Mwangi
Nandi Ndidi Nevaeh Ngozi Njeri Nkechi Nkem Nkiru Nnamdi Nneka Nomsa Nomvula Nonso Nosipho Ntombi Nyah
Nyambura Nyasha Nyla Obi Obinna Ochieng Odunayo Ogechi Okechukwu Okon Olabisi Oladipo Olajide Olamide
Olanrewaju Olayinka Olu Olufemi Olufunke Olumide Oluwadamilola Oluwaseun Oluwaseyi Oluwatobi Oluwatosin
Omari Omolara Omotola Onome Onyeka Onyinye Opeyemi Orville Osagie Osaze Otieno Ousmane Panashe Raheem
Rashaan Rasheeda Renford Rojay Rushane Rutendo Ruvimbo Sade Saida Salimata Sekou Selam Seun Seyi Shadrach
Shamiso Shanae Shaniqua Shantelle Shaquille Shemar Shevon Sibusiso Siphiwe Sipho Siyabonga Solape Subira
Tadesse Tafadzwa Taiwo Takudzwa Tamar Tamoya Tanaka Tapiwa Tariro Tashana Tatenda Tawanda Tayo Temi Temidayo
Temitope Tendai Tendayi Thabo Thandeka Thandi Thandiwe Themba Thulani Tinashe Tinotenda Tobechukwu Tobi
Tochi Tochukwu Tola Tolu Tomiwa Tope Tosin Tsehay Tumelo Tunde Tunji Tyreke Tyrique Tyshawn Uche Uchechi
Uchenna Udo Ugo Ugochi Uju Unathi Uzoma Wambui Wangari Wanjiku Wanjiru Winsome Wunmi Yaa Yared Yaw Yejide
Yemi Yetunde Yohannes Yonas Zainabu Zanele Zaria Zodwa Zubaidah
`
const EUROPEAN_AND_OTHER = `
Adelina Adriana Agata Agnieszka Aiko Akira Aleeza Alejandra Alejandro Aleksandar Aleksander Aleksandr
Aleksandra Aleksy Alena Alesia Alessandra Alessandro Alessia Alicja Alina Ana Analyn Anastasija Anatol
Anders Andre Andreas Andreea Andrei Andrej Andres Andrius Andrzej Aneta Angelito Angelo Aniela Anneliese
Antoine Antonella Antoni Antonina Antonio Arkadiusz Arlene Arnas Artem Artur Arvin Asen Astrid Aurelia
Aurelie Bao Barbora Bartek Bartlomiej Bartosz Beata Beatriz Binh Bjorn Blanka Bogdan Bogumila Boguslaw
Bojana Borislav Boyan Bozena Bozhidar Branko Bronislaw Bruna Caio Camila Carlota Carmela Catalin Catalina
Caterina Cezary Chau Cheng Christophe Claudio Claus Concetta Constantin Cosmin Costel Cristian Cristiana
Cristiano Cristina Cuong Czeslaw Dagmara Daiva Damir Danilo Danuta Daria Dariusz Davide Dawid Desislava
Diego Dimitar Dimitri Dinh Diogo Dmitri Dmytro Domenico Dominik Dominika Donata Dorin Dorota Dovydas Dragan
Dragos Duarte Duc Dumitru Dung Duong Edita Edoardo Edyta Egle Eirik Eleni Elzbieta Emil Emiliano Emilija
Emilis Enrico Enrique Esteban Ewa Ewelina Fabio Fabiola Fabrice Federica Federico Felipe Fernanda Fernando
Filip Filipa Filippo Flavia Flavio Florian Florin Francesco Francisco Franciszek Francois Frederic Frederik
Gabija Gabriela Gabriele Gaetano Galina Georgeta Georgi Georgios Gheorghe Giacomo Gianluca Gianni Gintaras
Giorgia Giorgio Giulia Giuseppe Gonzalo Grazyna Grzegorz Guilherme Guillermo Gustavo Halina Hans Haoyu
Haruto Heinrich Helene Helga Henrique Hiroshi Hristo Huong Huy Ignacio Ignacy Igor Ilaria Ileana Ilie Ilinca
Ilona Inacio Inga Inge Ioana Ionel Ionela Ionut Irena Irina Iryna Isabela Isidora Iva Ivana Ivanka Iveta Ivo
Iwona Iza Izabela Jacek Jacques Jadwiga Jagoda Jakub Janina Janis Janusz Jaroslav Jaroslaw Javier Jeroen
Jerzy Jia Jiahao Jindrich Jing Jiri Joana Joao Joaquim Joaquin Johan Johannes Jolanta Jomar Jonalyn Jorge
Jose Josefina Jovana Jozef Juan Juana Juliusz Juraj Jurate Jurgen Justas Justyna Kacper Kaja Kajetan Kalina
Kamil Kamila Kaori Karin Karol Karolina Kasia Katarina Katarzyna Kateryna Kazimierz Keiko Kenji Kestutis
Khanh Kinga Klara Klaudia Klaus Konrad Konstantinos Kornelia Krasimir Krystian Krystyna Krzysztof Ksawery
Ksenia Kwan Laima Larisa Lars Laszlo Laurent Leandro Lenka Leokadia Leszek Lidia Lien Liepa Liliana Ling
Linh Liviu Ljubica Lorena Lubomir Luca Luciano Lucio Ludmila Ludovica Luigi Luiz Lukasz Lyudmila Maciej
Madalina Mads Mai Maite Maja Maksim Maksym Malgorzata Manuela Marcel Marcela Marcelina Marcelo Marcin Marek
Margarida Margarita Mariangela Maricel Marijana Marika Marin Mario Marisol Marites Marius Mariusz Marta
Martim Martyna Martynas Maryna Marzena Massimo Matas Matei Mateja Mateus Mateusz Mathieu Mathilde Matias
Mauricio Maurizio Maximilian Mei Meiling Michel Mihaela Mihai Mikhail Mikolaj Milada Milana Milena Milica
Milos Mindaugas Ming Minh Mirela Mirko Miroslav Miroslaw Mladen Mykola Mylene Nadezhda Nadiya Naoko Natalija
Nataliya Nele Nenita Neringa Ngoc Nguyet Nhi Nhung Niels Nikodem Nikol Nikola Nikolai Nikolay Nikoleta Nikos
Nojus Norbert Nuno Oksana Ola Oleg Olek Olena Olga Olha Olivier Oliwia Oliwier Oresta Ovidiu Pablo
Panagiotis Paola Paolo Pascal Patrycja Patryk Paulius Paulo Pavel Pavla Pavlo Pawel Petar Petko Petr Petro
Philippe Phuc Phuong Pierre Pietro Piotr Plamen Przemyslaw Quang Quynh Radek Radka Radoslav Radoslaw Radu
Rafael Rafaela Rafal Raffaele Raimonda Ramunas Rasa Razvan Remigiusz Renata Renato Reynaldo Riccardo
Robertas Rodel Rodrigo Rogelio Rogerio Rokas Roksana Romualda Rosario Roxana Rui Ruslan Ruta Ryszard Sakura
Salvatore Sandor Sanja Santiago Sebastien Sebastjan Sergei Sergiu Serhiy Silvia Silvio Silviu Simao Simona
Siu Slavka Slawomir Snezana Sofie Soren Sorin Stanislav Stanislaw Stefania Stefano Stelios Stepan Stoyan
Susana Sven Svetlana Sviatoslav Swietlana Sylwia Szymon Tadas Tadeusz Takeshi Tatjana Telma Teodor Teresita
Tereza Tetiana Thais Thanh Thao Thiago Thuy Tiago Tien Tihomir Timea Tomaso Tomasz Traian Trang Trinh Trung
Tuan Tudor Tuyen Tuyet Tymon Tymoteusz Ulrike Umberto Urszula Vaclav Valdis Valentin Valeria Valeriu Vasco
Vasil Vasile Vasiliki Vasilis Vasyl Veronika Vicente Viera Viktor Viktoria Viktoriya Vilte Vincenzo Vinh
Violeta Vitalijs Vitor Vittoria Vlad Vladimir Vladislav Volodymyr Waldemar Wei Weronika Wieslaw Wiktor
Wiktoria Witold Wladyslaw Wojciech Wojtek Xiao Ximena Xin Xinyi Xiu Yan Yana Yang Yannick Yannis Yelena
Yiannis Yichen Yiming Ying Yong Yuan Yuki Yulia Yuliia Yumi Yuri Yuriy Yves Zaneta Zbigniew Zdenek Zdzislaw
Zhen Zihan Zofia Zoltan Zsofia Zuzana Zuzanna Zygmunt
`

/**
 * Names that are ordinary words too: a capital inside a sentence is enough for these, at its start it is not
 * (names.ts has the rules).
 */
const WORDS = `
Alexa Amber Angel Archer Aurora Basil Beau Bill Blaze Blessing Blossom Bonny Brook Bud Chance Chanel Chase
Cherry Clay Cliff Coral Crystal Dale Dean Destiny Dolly Don Drew Ebony Eve Faith Fern Flora Frank Gale Gene
Gill Ginger Glory Grace Grant Guy Harmony Heath Heaven Hope Hunter Iman Jewel Joy Kit Lance Laurel Liberty
Lucky Marina Mark Marshall Max Meadow Melody Mercedes Mercy Miles Misty Mo Norm Nova Ocean Olive Opal Pat
Patience Pearl Peg Penny Pip Precious Promise Prudence Reg Rex Rich River Rob Rocky Rod Roman Rose Rusty
Saffron Sage Salah Sandy Scout Serenity Sherry Skip Sunny Tam Teddy Tiger Trinity Unity Vic Wade Will
Woody Wren Zen
`
/** Months and seasons: only with a surname, or with a word beside them that belongs to a person. */
const MONTHS = `April May June Avril Summer Autumn Jan August`
/** Words of faith, countries and virtues: only with a surname behind them. */
const SURNAME_NEEDED = `
Ace Al Christian Comfort Dick Duke Earl Ed Favor Favour Gay Gift Goodness Happy Honor Honour India Innocent
Islam Israel Jihad Kenya Major Marvellous Miracle Praise Prince Princess Randy Sky Star Sterling Tad Wisdom
`

/** How much more than a capital a name needs to be taken for one. */
export type NameClass = 'plain' | 'word' | 'month' | 'surname'

const LETTERS: Record<string, string> = { ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', ı: 'i', đ: 'd', Đ: 'D', ß: 'ss' }

/** Accents off, apostrophes straight: how words are looked up. */
export const foldName = (word: string): string =>
  /^[\x20-\x7e]*$/.test(word)
    ? word
    : word
        .normalize('NFD')
        .replace(/\p{M}+/gu, '')
        .replace(/[łŁøØıđĐß]/g, (letter) => LETTERS[letter] ?? letter)
        .replace(/[’‘ʼ]/g, "'")

const CLASSES: ReadonlyArray<readonly [NameClass, string]> = [
  ['plain', ENGLISH],
  ['plain', WELSH_IRISH_SCOTTISH],
  ['plain', SOUTH_ASIAN],
  ['plain', ARABIC_TURKISH_PERSIAN],
  ['plain', AFRICAN_CARIBBEAN],
  ['plain', EUROPEAN_AND_OTHER],
  ['word', WORDS],
  ['month', MONTHS],
  ['surname', SURNAME_NEEDED],
]

/** First names as they are written in a sentence. */
export const FIRST_NAMES: ReadonlyMap<string, NameClass> = new Map(
  CLASSES.flatMap(([kind, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind] as const),
  ),
)
