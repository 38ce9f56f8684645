import type { SheetParts } from '../../../shared/protection/information-sheet.ts';

/** What people at the demo's schools are told; everybody in it is made up. */
export const demoSheet: SheetParts = {
  about: `We are writing six case studies of mentoring and coaching, and yours is one of the schools. We ask you for some facts about it, and show you what we have written.

Taking part is your choice. You can leave out whatever you would rather not say, and stop at any time without giving a reason. What you wrote until then stays with us unless you ask us to take it out.`,
  controller: 'The Wendale Learning Trust, 4 Mill Lane, Wendale. It is an invented organisation.',
  contact: 'Imogen Farrell, who leads the study: imogen@wendale.example',
  purpose: `For the case study about your school, and for nothing else.

The six case studies become a booklet, and a set of materials for teachers who mentor others.`,
  basis:
    'You agree to it by taking part, and can take that back at any time. What was published by then cannot be called back from every shelf, but it does not go into the next edition.',
  held: `- your name and the e-mail address to which we sent the invitation
- the school that you speak for
- what you write here, and when you wrote it
- when you signed in, with what kind of browser, and from which network: the internet address without its last part
- which version of this page you were shown, and when

One cookie keeps you signed in. Nothing of what you write stays on your device once you have signed out.`,
  'seen-by': `The five people of the study see it. Other schools do not, unless it becomes part of what is published.

The trust runs the server itself, in its own building.`,
  retention:
    'Until two years after the booklet has come out. Then we take out names and addresses, and keep the case studies.',
  rights: `You can ask us to show you what we hold about you, to correct it, to erase it, to hold it without using it for a while, or to give it to you as a file. You can object to what we do with it.

Once you have come in, this page offers you a file of everything that Casebook holds about you.`,
  complaints: `Tell us first if you like: Imogen Farrell, imogen@wendale.example.

You can also complain to the data protection authority of the country that you live in, at any time.`,
};
